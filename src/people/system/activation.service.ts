import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import { House, type PassiveReason } from '../../database/house.entity.js';
import { HouseCopy } from '../../jobs/house-copy.service.js';
import { type Actor, systemActor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { HouseActivated } from '../units/people.events.js';
import { SecondFactorService } from '../sign-in/second-factor.service.js';

/** Counts shown at an activation; later folders compute their own. */
export const activationCounts = ['postsToLookUp', 'postsByHand', 'slotsToSettle', 'playlistDays'] as const;
export type ActivationCount = (typeof activationCounts)[number];

export interface PassiveState {
  reason: PassiveReason;
  since: Instant;
  /** When the backup was written; null for a copy that was not restored. */
  backupAt: Instant | null;
  counts: Record<ActivationCount, number>;
}

/** A passive copy of the installation: it does nothing until a person confirms that it is the intended one. */
@Injectable()
export class Activation {
  private readonly counters = new Map<ActivationCount, (em: EntityManager, now: Instant) => Promise<number>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly copy: HouseCopy,
    private readonly audit: Audit,
    private readonly secondFactor: SecondFactorService,
  ) {}

  count(what: ActivationCount, counter: (em: EntityManager, now: Instant) => Promise<number>): void {
    this.counters.set(what, counter);
  }

  /** The effects of an activation; null while this copy is active. */
  async passive(): Promise<PassiveState | null> {
    await this.copy.refresh();
    const { passiveSince: since, backupAt } = this.copy.state;
    const reason = this.copy.passive;
    if (reason === null || since === null) return null;
    return { reason, since, backupAt, counts: await this.counts(this.database.read(), this.clock.now()) };
  }

  /**
   * Activates this copy; it becomes the newest one. What was due in the meantime is looked up on the page or left to a
   * person, never simply posted. Allowed at the server's terminal, and for an administrator with a fresh code of his
   * phone: throws the errors of `SecondFactor.require`, and 409 `not-passive`.
   */
  async activate(actor: Actor): Promise<void> {
    const now = this.clock.now();
    await this.copy.change(async (tx, row) => {
      if (row.passiveSince === null) throw notPassive();
      if (actor.accountId !== null) await this.secondFactor.require(actor, tx);
      const generation = Math.max(now, row.generation + 1, row.heardGeneration + 1);
      const counts = await this.counts(tx, now);
      await tx.update(House, { id: row.id }, { generation, passiveSince: null, passiveReason: null, backupAt: null });
      await this.events.publish(tx, new HouseActivated(now));
      await this.audit.record(tx, actor, {
        action: 'house.activated',
        entity: 'house',
        entityId: row.id,
        before: { reason: row.passiveReason, since: row.passiveSince, backupAt: row.backupAt },
        after: { generation, ...counts },
      });
    });
  }

  /** Another copy of the installation is alive: makes this one passive until a person activates it. */
  async stop(reason: PassiveReason, heardGeneration: number): Promise<void> {
    await this.copy.change(async (tx, row) => {
      const heard = Math.max(row.heardGeneration, heardGeneration);
      if (row.passiveSince !== null) {
        if (heard > row.heardGeneration) await tx.update(House, { id: row.id }, { heardGeneration: heard });
        return;
      }
      const change = { passiveSince: this.clock.now(), passiveReason: reason, heardGeneration: heard };
      await tx.update(House, { id: row.id }, change);
      const fact = { action: 'house.stopped', entity: 'house', entityId: row.id };
      await this.audit.record(tx, systemActor('trạm phát'), { ...fact, after: { reason, heardGeneration } });
    });
  }

  private async counts(em: EntityManager, now: Instant): Promise<Record<ActivationCount, number>> {
    const counts = { postsToLookUp: 0, postsByHand: 0, slotsToSettle: 0, playlistDays: 0 };
    for (const [what, counter] of this.counters) counts[what] = await counter(em, now);
    return counts;
  }
}

function notPassive(): DomainError {
  return new DomainError('conflict', 'not-passive', {
    vi: 'Hệ thống này đang hoạt động, không có gì để kích hoạt.',
    en: 'This house is active already.',
  });
}
