import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { type ChangeCause, PlanChange } from './plan-change.entity.js';
import { type Difference, isEmpty } from '../slots/slot-difference.js';

export interface ChangeNote {
  cause: ChangeCause;
  /** In Vietnamese, for a person. */
  sentence: string;
  campaignId?: string | null;
}

/** The list of re-plannings, with the differences and whether a person has seen them. */
@Injectable()
export class PlanChanges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * Stores nothing and returns null when nothing changed. An extended campaign with shortfalls is stored even when no
   * play moved.
   */
  async record(tx: EntityManager, actor: Actor, note: ChangeNote, difference: Difference): Promise<string | null> {
    const hasShortfalls = note.cause === 'campaign-extended' && difference.shortfallsTotal > 0;
    if (isEmpty(difference) && !hasShortfalls) return null;
    const at = this.clock.now();
    const id = newId(at);
    const counts = {
      added: difference.addedTotal,
      removed: difference.removedTotal,
      moved: difference.movedTotal,
      shortfalls: difference.shortfallsTotal,
    };
    const { cause, sentence, campaignId = null } = note;
    await tx.insert(PlanChange, {
      id,
      at,
      cause,
      sentence,
      campaignId,
      ...counts,
      difference: difference as object,
      seenAt: null,
      seenBy: null,
    });
    const fact = { action: 'schedule.replanned', entity: 'plan_change', entityId: id };
    await this.audit.record(tx, actor, { ...fact, after: { cause, sentence, campaignId, ...counts } });
    return id;
  }

  /** Newest first, without the differences. */
  list({
    unseen = false,
    limit = 100,
  }: {
    unseen?: boolean;
    limit?: number;
  }): Promise<Omit<PlanChange, 'difference'>[]> {
    return this.database.read().find(PlanChange, {
      select: {
        id: true,
        at: true,
        cause: true,
        sentence: true,
        campaignId: true,
        added: true,
        removed: true,
        moved: true,
        shortfalls: true,
        seenAt: true,
        seenBy: true,
      },
      where: unseen ? { seenAt: IsNull() } : {},
      order: { at: 'DESC', id: 'DESC' },
      take: limit,
    });
  }

  /** Throws 404. */
  async one(id: string): Promise<PlanChange> {
    const change = await this.database.read().findOneBy(PlanChange, { id });
    if (!change) throw notFound();
    return change;
  }

  /** Marks the change as seen; the first person is stored. Throws 404. */
  async seen(actor: Actor, id: string): Promise<void> {
    await this.database.write(async (tx) => {
      if (!(await tx.existsBy(PlanChange, { id }))) throw notFound();
      const change = { seenAt: this.clock.now(), seenBy: actor.name };
      const done = await tx.update(PlanChange, { id, seenAt: IsNull() }, change);
      if (done.affected !== 1) return;
      await this.audit.record(tx, actor, { action: 'plan-change.seen', entity: 'plan_change', entityId: id });
    });
  }
}
