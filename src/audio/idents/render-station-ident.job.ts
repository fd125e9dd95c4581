import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import type { JobRun } from '../../jobs/job-handler.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Unit } from '../../people/units/unit.entity.js';
import { StationIdentReady } from './station-ident.events.js';
import { type RenderStage, renderStageNames } from '../master/render-stages.js';
import { ToolchainService } from '../render/toolchain.service.js';
import { identTitle } from './ident-text.js';
import { RENDER_STATION_IDENT } from './ident-orders.service.js';
import { identFacts } from './ident-facts.js';
import { dayOver } from './day-over.js';
import { transitionIdent } from './transition-ident.js';
import { StationIdent } from './station-ident.entity.js';

/** Makes the file of a waiting ident: the opening follows the opening chime, the closing precedes the closing one. */
@Injectable()
export class RenderStationIdentJob implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly events: Events,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly toolchain: ToolchainService,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.define(RENDER_STATION_IDENT, {
      run: (run) => this.run(run),
      failed: async (tx, job, reason) => {
        await transitionIdent(tx, { id: job.key, from: 'waiting' }, 'failed', { reason });
      },
    });
  }

  private async run(run: JobRun): Promise<void> {
    const id = run.job.key;
    const ident = await this.database.read().findOneBy(StationIdent, { id });
    if (ident?.state !== 'waiting') return;
    // After a long outage of the server: nothing is made for a day that is over.
    const today = localDateOf(this.clock.now(), this.config.timeZone);
    const work = ident.date < today ? Promise.reject(dayOver()) : this.make(ident, run);
    const outcome = await work.catch((error: unknown) => {
      if (error instanceof DomainError && error.kind === 'invalid') return error;
      throw error;
    });
    await run.finish(async (tx) => {
      const which = { id, from: 'waiting' as const };
      if (outcome instanceof DomainError) {
        await transitionIdent(tx, which, 'failed', { reason: outcome.sentence.vi });
        return;
      }
      if (!(await transitionIdent(tx, which, 'ready', { readyAt: this.clock.now(), ...outcome }))) return;
      const after = { ...identFacts(ident), sha256: outcome.sha256 };
      const fact = { entity: 'station-call', entityId: id, unitId: ident.unitId, after };
      await this.audit.record(tx, systemActor('dựng nhạc hiệu'), { action: 'station-call.made', ...fact });
      await this.events.publish(tx, new StationIdentReady(ident.unitId, ident.date, ident.part, ident.profile));
    });
  }

  async make(ident: StationIdent, run: JobRun): Promise<Partial<StationIdent>> {
    let telling: Promise<void> = Promise.resolve();
    const onProgress = (stage: RenderStage, percent: number) => {
      telling = telling.then(() => run.progress(renderStageNames[stage], percent)).catch(() => undefined);
    };
    const { spoken: text, profile, voices, part } = ident;
    const chimes = { opening: part === 'opening', closing: part === 'closing' };
    const unit = await this.database.read().findOneBy(Unit, { id: ident.unitId });
    const label = { title: identTitle(part, ident.date), office: unit?.name ?? '' };
    const request = { text, profile, rate: voices.rate, chimes, label, repeat: false, signal: run.signal, onProgress };
    const made = await this.toolchain.render(request, voices.chain);
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
