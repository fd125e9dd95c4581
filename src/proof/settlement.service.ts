import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type EntityManager, In } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { Database } from '../database/database.js';
import { Channel } from '../channels/channel.entity.js';
import { Schedule } from '../schedule/schedule.service.js';
import { Slot } from '../schedule/slot.entity.js';
import { slotCases } from './slot-cases.js';
import { GRACE_AFTER_FAILURE_MS, GRACE_OF_SILENCE_MS, verdict } from './verdict.js';

const WAKE_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Everything older was decided long ago; after a start the whole past is looked at once. */
const LOOK_BACK_MS = 7 * DAY_MS;
const AT_ONCE = 100;

export interface Settled {
  played: number;
  missed: number;
}

/** Gives slots their last state from what was heard of them, or when nothing has been heard for long enough. */
@Injectable()
export class Settlement {
  private readonly log = new Logger('Proof');
  private sinceStart = true;

  constructor(
    private readonly database: Database,
    private readonly schedule: Schedule,
    private readonly clock: Clock,
  ) {}

  /** Decides those of the slots that can be decided now, in the caller's transaction. The others are left as they are. */
  async settle(tx: EntityManager, slotIds: readonly string[]): Promise<Settled> {
    const settled: Settled = { played: 0, missed: 0 };
    // Two stations of one channel may report at once: the second waits for the first and finds the slot decided.
    const lock = this.database.isPostgres ? { lock: { mode: 'pessimistic_write' as const } } : {};
    const where = { id: In([...slotIds]), state: 'planned' as const };
    const slots = await tx.find(Slot, { where, order: { id: 'ASC' }, ...lock });
    for (const one of await slotCases(tx, slots)) {
      const result = verdict(one, this.clock.now());
      if (result.state === 'waiting') continue;
      await this.schedule.finish(tx, one.slot.id, result.state, result.reason);
      settled[result.state]++;
    }
    return settled;
  }

  /** Decides every slot that is due for it; safe to call at any time and by several processes. */
  async reconcile(): Promise<Settled> {
    const total: Settled = { played: 0, missed: 0 };
    const now = this.clock.now();
    const due = await this.due(now, this.sinceStart ? 0 : now - LOOK_BACK_MS);
    for (let at = 0; at < due.length; at += AT_ONCE) {
      const ids = due.slice(at, at + AT_ONCE);
      // Asked first outside a transaction: while slots only wait, nobody's writing is held up.
      const slots = await this.database.read().findBy(Slot, { id: In(ids) });
      const ripe = (await slotCases(this.database.read(), slots)).filter(
        (one) => verdict(one, now).state !== 'waiting',
      );
      if (ripe.length === 0) continue;
      const { played, missed } = await this.database.write((tx) =>
        this.settle(
          tx,
          ripe.map((one) => one.slot.id),
        ),
      );
      total.played += played;
      total.missed += missed;
    }
    this.sinceStart = false;
    return total;
  }

  @Interval(WAKE_MS)
  wake(): void {
    this.reconcile().catch((error: unknown) => this.log.error(`Reconciling failed: ${String(error)}`));
  }

  /** Undecided slots of which something was heard, or nothing for too long. By channel, so that the index is used. */
  private async due(now: Instant, from: Instant): Promise<string[]> {
    const rows: { id: string }[] = await this.database
      .read()
      .createQueryBuilder(Channel, 'channel')
      .select('slot.id', 'id')
      .innerJoin(Slot, 'slot', 'slot.channel_id = channel.id AND slot.starts_at > :from AND slot.starts_at < :now')
      .where(`slot.state = 'planned'`)
      .andWhere(
        `(slot.ends_at <= :silence
          OR (slot.ends_at <= :failure AND EXISTS (SELECT 1 FROM as_run run WHERE run.slot_id = slot.id)))`,
      )
      .setParameters({ from, now, silence: now - GRACE_OF_SILENCE_MS, failure: now - GRACE_AFTER_FAILURE_MS })
      .orderBy('slot.starts_at')
      .addOrderBy('slot.id')
      .getRawMany();
    return rows.map((row) => row.id);
  }
}
