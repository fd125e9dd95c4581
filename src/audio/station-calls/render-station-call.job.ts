import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import type { JobRun } from '../../jobs/job-handler.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { systemActor } from '../../people/actor.js';
import { Audit } from '../../people/audit.js';
import { StationCallReady } from './station-ident.events.js';
import { type RenderStage, stageNames } from '../render-stages.js';
import { StudioService } from '../studio.service.js';
import { RENDER_STATION_CALL } from './call-orders.service.js';
import { callFacts } from './call-facts.js';
import { dayOver } from './day-over.js';
import { moveStationCall } from './move-station-call.js';
import { StationCall } from './station-call.entity.js';

/** Makes the file of a waiting call: the opening behind the opening chime, the closing before the closing one. */
@Injectable()
export class RenderStationCallJob implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly events: Events,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly studio: StudioService,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.define(RENDER_STATION_CALL, {
      run: (run) => this.run(run),
      failed: async (tx, job, reason) => {
        await moveStationCall(tx, { id: job.key, from: 'waiting' }, 'failed', { reason });
      },
    });
  }

  private async run(run: JobRun): Promise<void> {
    const id = run.job.key;
    const call = await this.database.read().findOneBy(StationCall, { id });
    if (call?.state !== 'waiting') return;
    // After a long silence of the server: nothing is made for a day that is over.
    const today = localDateOf(this.clock.now(), this.config.timeZone);
    const work = call.date < today ? Promise.reject(dayOver()) : this.make(call, run);
    const outcome = await work.catch((error: unknown) => {
      if (error instanceof DomainError && error.kind === 'invalid') return error;
      throw error;
    });
    await run.finish(async (tx) => {
      const which = { id, from: 'waiting' as const };
      if (outcome instanceof DomainError) {
        await moveStationCall(tx, which, 'failed', { reason: outcome.sentence.vi });
        return;
      }
      if (!(await moveStationCall(tx, which, 'ready', { readyAt: this.clock.now(), ...outcome }))) return;
      const after = { ...callFacts(call), sha256: outcome.sha256 };
      const fact = { entity: 'station-call', entityId: id, unitId: call.unitId, after };
      await this.audit.record(tx, systemActor('dựng nhạc hiệu'), { action: 'station-call.made', ...fact });
      await this.events.publish(tx, new StationCallReady(call.unitId, call.date, call.part, call.profile));
    });
  }

  async make(call: StationCall, run: JobRun): Promise<Partial<StationCall>> {
    let telling: Promise<void> = Promise.resolve();
    const onProgress = (stage: RenderStage, percent: number) => {
      telling = telling.then(() => run.progress(stageNames[stage], percent)).catch(() => undefined);
    };
    const { spoken: text, profile, voices, part } = call;
    const chimes = { opening: part === 'opening', closing: part === 'closing' };
    const request = { text, profile, rate: voices.rate, chimes, repeat: false, signal: run.signal, onProgress };
    const made = await this.studio.render(request, voices.chain);
    await telling;
    return {
      sha256: made.sha256,
      bytes: made.bytes,
      durationMs: Math.round(made.seconds * 1000),
      integratedLufs: made.integratedLufs,
      truePeakDbtp: made.truePeakDbtp,
      engine: made.engines,
      peaks: [...made.peaks],
    };
  }
}
