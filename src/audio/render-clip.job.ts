import { availableParallelism } from 'node:os';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import type { JobRun } from '../jobs/job-handler.js';
import { Jobs } from '../jobs/jobs.service.js';
import { ClipFailed, ClipReady } from './audio.events.js';
import { Clip } from './clip.entity.js';
import type { ProfileName } from './profiles.js';
import type { RenderStage } from './render-clip.js';
import { StudioService } from './studio.service.js';

export const RENDER_CLIP = 'render-clip';

const stageNames: Record<RenderStage, string> = {
  voices: 'Đang đọc từng câu',
  mix: 'Đang ghép tiếng và nhạc hiệu',
  master: 'Đang chỉnh âm lượng',
  encode: 'Đang ghi tệp mp3',
  check: 'Đang đo lại tệp đã ghi',
  done: 'Xong',
};

/** Makes the file of a waiting clip. Nothing is visible before the finish, which writes the figures and the state together. */
@Injectable()
export class RenderClipJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly studio: StudioService,
  ) {}

  onModuleInit(): void {
    this.jobs.define(RENDER_CLIP, {
      concurrency: availableParallelism(),
      run: (run) => this.run(run),
      failed: async (tx, job, reason) => {
        const done = await tx.update(Clip, { id: job.key, state: 'waiting' }, { state: 'failed', reason });
        if (done.affected === 1) await this.events.publish(tx, new ClipFailed(job.key, reason));
      },
    });
  }

  private async run(run: JobRun): Promise<void> {
    const id = run.job.key;
    const clip = await this.database.read().findOneBy(Clip, { id });
    if (!clip || clip.state !== 'waiting') return;
    let telling: Promise<void> = Promise.resolve();
    const made = await this.studio.render({
      text: clip.spoken,
      profile: clip.profile as ProfileName,
      rate: this.config.voices.espeakRate,
      chimes: { opening: true, closing: true },
      repeat: false,
      signal: run.signal,
      onProgress: (stage, percent) => {
        telling = telling.then(() => run.progress(stageNames[stage], percent)).catch(() => undefined);
      },
    });
    await telling;
    await run.finish(async (tx) => {
      await tx.update(
        Clip,
        { id, state: 'waiting' },
        {
          state: 'ready',
          sha256: made.sha256,
          bytes: made.bytes,
          durationMs: Math.round(made.seconds * 1000),
          integratedLufs: made.integratedLufs,
          truePeakDbtp: made.truePeakDbtp,
          engine: made.engines,
          sentences: made.sentences.map(({ text, engine, voice, seconds, fellBackFrom }) => {
            return { text, engine, voice, seconds, fellBackFrom: [...(fellBackFrom ?? [])] };
          }),
          peaks: [...made.peaks],
          readyAt: this.clock.now(),
        },
      );
      await this.events.publish(tx, new ClipReady(id));
    });
  }
}
