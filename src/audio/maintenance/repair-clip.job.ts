import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import { Job } from '../../jobs/job.entity.js';
import type { JobRun } from '../../jobs/job-handler.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { ClipReady } from '../clips/clip.events.js';
import { StationIdentReady } from '../idents/station-ident.events.js';
import { Clip } from '../clips/clip.entity.js';
import { RENDER_CLIP, RenderClipJob } from '../clips/render-clip.job.js';
import { RenderStationIdentJob } from '../idents/render-station-ident.job.js';
import { identFacts } from '../idents/ident-facts.js';
import { StationIdent } from '../idents/station-ident.entity.js';

export const REPAIR_CLIP = 'repair-clip';

const order = z.object({ kind: z.enum(['clip', 'station-call']), sha256: z.string() });

/** The actor in the audit for a damaged file. */
export const mediaActor = systemActor('kiểm tra bản thu');

/**
 * Makes the file of a finished clip again, from the same words and voices. Equal inputs give equal bytes, so as a rule
 * nothing else changes. When a tool has changed since, the result is a new clip: it is announced like every new clip
 * and loses its approval.
 */
@Injectable()
export class RepairClipJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly clips: RenderClipJob,
    private readonly idents: RenderStationIdentJob,
  ) {}

  onModuleInit(): void {
    this.jobs.define(REPAIR_CLIP, {
      run: (run) => this.run(run),
      failed: async (tx, { key, payload }, reason) => {
        const { kind, sha256 } = order.parse(payload);
        const fact = { entity: kind, entityId: key, before: { sha256 }, after: { reason } };
        await this.audit.record(tx, mediaActor, { action: `${kind}.not-remade`, ...fact });
      },
    });
  }

  private async run(run: JobRun): Promise<void> {
    const { kind, sha256 } = order.parse(run.payload);
    const id = run.job.key;
    const remade = kind === 'clip' ? await this.clip(id, sha256, run) : await this.ident(id, sha256, run);
    if (!remade) return;
    await run.finish(async (tx) => {
      const after = { ...remade.facts, sha256: remade.figures.sha256 };
      const fact = { action: `${kind}.remade`, entity: kind, entityId: id, before: { sha256 }, after };
      await this.audit.record(tx, mediaActor, fact);
      if (remade.figures.sha256 !== sha256) await remade.replace(tx);
    });
  }

  private async clip(id: string, sha256: string, run: JobRun): Promise<Remade | undefined> {
    const em = this.database.read();
    const clip = await em.findOneBy(Clip, { id, sha256, state: 'ready' });
    if (!clip) return undefined;
    const ordered = await em.findOneBy(Job, { name: RENDER_CLIP, key: id });
    const figures = await this.clips.make(clip, ordered?.payload ?? {}, false, { signal: run.signal });
    return {
      figures,
      replace: async (tx) => {
        await tx.update(Clip, { id, sha256 }, { ...figures, readyAt: this.clock.now() });
        await this.events.publish(tx, new ClipReady(id));
      },
    };
  }

  private async ident(id: string, sha256: string, run: JobRun): Promise<Remade | undefined> {
    const ident = await this.database.read().findOneBy(StationIdent, { id, sha256, state: 'ready' });
    if (!ident) return undefined;
    const figures = await this.idents.make(ident, run);
    return {
      figures,
      facts: identFacts(ident),
      replace: async (tx) => {
        await tx.update(StationIdent, { id, sha256 }, { ...figures, readyAt: this.clock.now() });
        await this.events.publish(tx, new StationIdentReady(ident.unitId, ident.date, ident.part, ident.profile));
      },
    };
  }
}

interface Remade {
  figures: { sha256?: string | null };
  /** Further facts for the audit. */
  facts?: Record<string, unknown>;
  /** Stores that the clip now has other bytes. */
  replace(tx: EntityManager): Promise<void>;
}
