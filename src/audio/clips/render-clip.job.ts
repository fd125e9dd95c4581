import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import type { JobRun } from '../../jobs/job-handler.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { ClipFailed, ClipReady } from './clip.events.js';
import { Clip } from './clip.entity.js';
import { plainForm } from './clip-form.js';
import type { MasteredRecording } from '../render/master-recording.js';
import { type ClipChange, transitionClip } from './transition-clip.js';
import type { ProfileName } from '../dsp/mastering-profiles.js';
import { URGENT } from '../render/render-priority.js';
import type { RenderRequest } from '../render/render-clip.js';
import { renderStageNames, type RenderStage } from '../master/render-stages.js';
import { ToolchainService } from '../render/toolchain.service.js';
import { UPLOADED, uploadLost, UploadStore } from '../store/upload-store.js';

export const RENDER_CLIP = 'render-clip';

/**
 * Makes the file of a waiting clip. Nothing is visible before the finish, which writes the figures and the state
 * together.
 */
@Injectable()
export class RenderClipJob implements OnModuleInit {
  private readonly uploads: UploadStore;

  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly toolchain: ToolchainService,
  ) {
    this.uploads = new UploadStore(config.mediaDir);
  }

  onModuleInit(): void {
    this.jobs.define(RENDER_CLIP, {
      concurrency: availableParallelism(),
      urgentPlaces: 2,
      run: (run) => this.run(run),
      failed: (tx, job, reason) => this.fail(tx, job.key, reason),
    });
  }

  private async run(run: JobRun): Promise<void> {
    const id = run.job.key;
    const clip = await this.database.read().findOneBy(Clip, { id });
    if (!clip || clip.state !== 'waiting') return;
    let telling: Promise<void> = Promise.resolve();
    const onProgress = (stage: RenderStage, percent: number) => {
      telling = telling.then(() => run.progress(renderStageNames[stage], percent)).catch(() => undefined);
    };
    const { payload, priority } = run.job;
    const outcome = await this.make(clip, payload, priority === URGENT, { signal: run.signal, onProgress }).catch(
      (error: unknown) => {
        if (isFinal(clip, error)) return error;
        throw error;
      },
    );
    await telling;
    await run.finish(async (tx) => {
      if (outcome instanceof DomainError) return this.fail(tx, id, outcome.sentence.vi);
      await transitionClip(tx, { id, from: 'waiting' }, 'ready', { readyAt: this.clock.now(), ...outcome });
      await this.events.publish(tx, new ClipReady(id));
    });
    await this.uploads.remove(id);
  }

  /** The figures of the finished file. `payload`: of the job with which the clip was ordered. */
  async make(
    clip: Clip,
    payload: unknown,
    urgent: boolean,
    how: Pick<RenderRequest, 'signal' | 'onProgress'>,
  ): Promise<ClipChange> {
    const { chain, rate, label } = ordered.parse(payload);
    const profile = clip.profile as ProfileName;
    if (clip.engine === UPLOADED) {
      const file = this.uploads.fileOf(clip.id);
      if (!existsSync(file)) throw uploadLost();
      return { ...figures(await this.toolchain.master({ file, profile, label, ...how }, urgent)), sentences: [] };
    }
    const request = {
      text: clip.spoken,
      profile,
      rate: rate ?? this.config.voices.espeakRate,
      chimes: { opening: true, closing: true },
      ...(clip.form ?? plainForm),
      label,
      ...how,
    };
    const made = await this.toolchain.render(request, chain, urgent);
    const sentences = made.sentences.map(({ text, engine, voice, seconds, fellBackFrom }) => {
      return { text, engine, voice, seconds, fellBackFrom: [...(fellBackFrom ?? [])] };
    });
    return { ...figures(made), engine: made.engines, sentences };
  }

  private async fail(tx: EntityManager, id: string, reason: string): Promise<void> {
    if (await transitionClip(tx, { id, from: 'waiting' }, 'failed', { reason }))
      await this.events.publish(tx, new ClipFailed(id, reason));
  }
}

/** The voices and the label of the order; orders of older versions name none. */
const ordered = z.object({
  chain: z.array(z.string()).optional(),
  rate: z.number().optional(),
  label: z.object({ title: z.string(), office: z.string() }).optional(),
});

/** An error in the words or the recording comes back on every try; another voice may succeed. */
function isFinal(clip: Clip, error: unknown): error is DomainError {
  if (!(error instanceof DomainError)) return false;
  return ['invalid', 'too-large'].includes(error.kind) || (clip.engine === UPLOADED && error.code === 'clip-not-ready');
}

function figures(made: MasteredRecording): ClipChange {
  return {
    sha256: made.sha256,
    bytes: made.bytes,
    durationMs: Math.round(made.seconds * 1000),
    integratedLufs: made.integratedLufs,
    truePeakDbtp: made.truePeakDbtp,
    planMs: Math.round(made.planSeconds * 1000),
    longestSilence: Math.round(made.longestSilence * 100) / 100,
    peaks: [...made.peaks],
  };
}
