import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type EntityManager, In } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { Database } from '../database/database.js';
import { Channel } from '../channels/channel.entity.js';
import { TIME_TO_REPORT_MS } from '../schedule/planning/slot.standing.js';
import { SlotEnds } from '../schedule/slot-ends.service.js';
import { Slot } from '../schedule/slot.entity.js';
import { type SlotCase, slotCases } from './slot-cases.js';
import { verdict } from './verdict.js';

/** With the time to report, and a batch before its own, a slot has its end state within a minute. */
export const WAKE_MS = 20_000;
/** A slot that had no end state at the last look is not older than this; after a start the whole past is looked at once. */
const LOOK_BACK_MS = 2 * 24 * 60 * 60_000;
const AT_ONCE = 100;

/** Slots whose state is now another one. */
export interface Settled {
  played: number;
  missed: number;
}

/** Gives every slot that is over its end state within a minute, mends it while evidence may come, and then settles it. */
@Injectable()
export class Settlement {
  private readonly log = new Logger('Proof');
  private lookedAt: Instant = 0;

  constructor(
    private readonly database: Database,
    private readonly ends: SlotEnds,
    private readonly clock: Clock,
  ) {}

  /** Ends or mends those of the slots of which that can be said now, in the caller's transaction. The others are left as they are. */
  async settle(tx: EntityManager, slotIds: readonly string[]): Promise<Settled> {
    const settled: Settled = { played: 0, missed: 0 };
    // Two stations of one channel may report at once: the second waits for the first and finds the slot decided.
    const lock = this.database.isPostgres ? { lock: { mode: 'pessimistic_write' as const } } : {};
    const where = { id: In([...slotIds]), state: In(['planned', 'played', 'missed']) };
    const slots = await tx.find(Slot, { where, order: { id: 'ASC' }, ...lock });
    for (const one of await slotCases(tx, slots)) await this.conclude(tx, one, settled);
    return settled;
  }

  /** Does all that is due by the clock; safe to call at any time and by several processes. */
  async reconcile(): Promise<Settled> {
    const total: Settled = { played: 0, missed: 0 };
    const now = this.clock.now();
    // A clock that was set back must not hide what ended before it was.
    const due = await this.due(now, Math.min(now, this.lookedAt) - LOOK_BACK_MS);
    for (let at = 0; at < due.length; at += AT_ONCE) {
      const ids = due.slice(at, at + AT_ONCE);
      const { played, missed } = await this.database.write((tx) => this.settle(tx, ids));
      total.played += played;
      total.missed += missed;
    }
    this.lookedAt = now;
    return total;
  }

  @Interval(WAKE_MS)
  wake(): void {
    this.reconcile().catch((error: unknown) => this.log.error(`Reconciling failed: ${String(error)}`));
  }

  private async conclude(tx: EntityManager, one: SlotCase, settled: Settled): Promise<void> {
    const { slot, runs } = one;
    const found = verdict(one, this.clock.now());
    if (found.state === 'waiting') return;
    const isSettled = slot.state !== 'planned' && slot.evidenceUntil === null;
    if (isSettled) {
      // Settled is settled; that it played after all is kept beside it, and takes the make-good back.
      if (slot.state === 'missed' && found.state === 'played') await this.ends.playedAfterAll(tx, slot.id);
      return;
    }
    const last = runs.at(-1);
    const by = last && { asRunId: last.id, stationId: last.stationId, recordedBy: last.recordedBy };
    const { state, reason, until } = found;
    if (await this.ends.finish(tx, slot.id, { state, reason, evidenceUntil: until, by })) settled[state]++;
  }

  /** Slots that are over without an end state, by channel so that the index is used; and those whose time for evidence is up. */
  private async due(now: Instant, from: Instant): Promise<string[]> {
    const over: { id: string }[] = await this.database
      .read()
      .createQueryBuilder(Channel, 'channel')
      .select('slot.id', 'id')
      .innerJoin(Slot, 'slot', 'slot.channel_id = channel.id AND slot.starts_at > :from AND slot.starts_at < :now')
      .where(`slot.state = 'planned' AND slot.ends_at <= :heard`)
      .setParameters({ from, now, heard: now - TIME_TO_REPORT_MS })
      .orderBy('slot.starts_at')
      .addOrderBy('slot.id')
      .getRawMany();
    const ripe: { id: string }[] = await this.database
      .read()
      .createQueryBuilder(Slot, 'slot')
      .select('slot.id', 'id')
      .where('slot.evidence_until <= :now', { now })
      .orderBy('slot.evidence_until')
      .addOrderBy('slot.id')
      .getRawMany();
    return [...over, ...ripe].map(({ id }) => id);
  }
}
