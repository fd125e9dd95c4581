import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { Database } from '../database/database.js';
import { MayAct } from '../jobs/may-act.service.js';
import { Activation } from '../people/system/activation.service.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { GRACE_OF_SILENCE_MS, TIME_TO_REPORT_MS } from '../schedule/slots/slot-status.js';
import { SlotOutcomes } from '../schedule/changes/slot-outcomes.service.js';
import { Slot } from '../schedule/slots/slot.entity.js';
import { AsRun } from './as-run.entity.js';
import { decidingCases, type SlotCase } from './slot-cases.js';
import { verdict } from './verdict.js';

/** With the time to report, and a batch before its own, a slot has its end state within a minute. */
export const WAKE_MS = 20_000;
/** A slot that had no end state at the last look is not older than this; after a start the whole past is looked at once. */
const LOOK_BACK_MS = 2 * 24 * 60 * 60_000;
const AT_ONCE = 100;

/** Slots whose state is now another one. */
export interface ReconciledSlots {
  played: number;
  missed: number;
}

/** Gives every slot that is over its end state within a minute, mends it while evidence may come, and then settles it. */
@Injectable()
export class Reconciliation implements OnModuleInit {
  private readonly log = new Logger('Proof');
  private lookedAt: Instant = 0;
  /** Also after a start: the clock may have been wrong before. */
  private mayBeTooEarly = true;

  constructor(
    private readonly database: Database,
    private readonly outcomes: SlotOutcomes,
    private readonly clock: Clock,
    private readonly mayAct: MayAct,
    private readonly activation: Activation,
  ) {}

  /** What was concluded by a clock that was wrong is looked at once the time is certain again. */
  onModuleInit(): void {
    this.mayAct.whenSure(() => (this.mayBeTooEarly = true));
    this.activation.count('slotsToSettle', (em, now) =>
      em.countBy(Slot, { state: 'planned', endsAt: LessThanOrEqual(now) }),
    );
  }

  /**
   * Those of the slots of which something may still be said, locked in the order of their ids: two stations of one channel may
   * report at once, and the second waits for the first and finds the slot decided. Whoever inserts evidence holds the slots first.
   */
  async hold(tx: EntityManager, slotIds: readonly string[]): Promise<Slot[]> {
    if (slotIds.length === 0) return [];
    const lock = this.database.isPostgres ? { lock: { mode: 'for_no_key_update' as const } } : {};
    const where = { id: In([...slotIds]), state: In(['planned', 'played', 'missed']) };
    const slots = await tx.find(Slot, { where, order: { id: 'ASC' }, ...lock });
    return slots.filter((slot) => !isPlayedForGood(slot));
  }

  /**
   * Ends or mends those of the slots that are held of which that can be said now. The others are left as they are. `acknowledged`, by
   * slot: when a log that comes now was acknowledged by a house that has lost it since.
   */
  async settle(
    tx: EntityManager,
    held: readonly Slot[],
    acknowledged: ReadonlyMap<string, Instant> = new Map(),
  ): Promise<ReconciledSlots> {
    const settled: ReconciledSlots = { played: 0, missed: 0 };
    for (const one of await decidingCases(tx, held)) {
      await this.conclude(tx, one, settled, acknowledged.get(one.slot.id));
    }
    return settled;
  }

  /** Does all that is due by the clock, nothing while the house may not act; safe to call at any time and by several processes. */
  async reconcile(): Promise<ReconciledSlots> {
    const total: ReconciledSlots = { played: 0, missed: 0 };
    if (!this.mayAct.now()) return total;
    const now = this.clock.now();
    if (this.mayBeTooEarly) {
      await this.reopenTooEarly(now);
      this.mayBeTooEarly = false;
    }
    // A clock that was set back must not hide what ended before it was.
    const due = await this.due(now, Math.min(now, this.lookedAt) - LOOK_BACK_MS);
    for (let at = 0; at < due.length; at += AT_ONCE) {
      const ids = due.slice(at, at + AT_ONCE);
      const { played, missed } = await this.database.write(async (tx) => this.settle(tx, await this.hold(tx, ids)));
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

  private async conclude(
    tx: EntityManager,
    one: SlotCase,
    settled: ReconciledSlots,
    acknowledgedAt: Instant = Infinity,
  ): Promise<void> {
    const { slot, runs } = one;
    const found = verdict(one, this.clock.now());
    if (found.state === 'waiting') return;
    const isSettled = slot.state !== 'planned' && slot.evidenceUntil === null;
    if (isSettled) {
      if (slot.state !== 'missed' || found.state !== 'played') return;
      // Settled is settled; that it played after all is kept beside it, and takes the make-good back.
      await this.outcomes.playedAfterAll(tx, slot.id);
      // A log that was here in time, and was lost with the rows, counts as it did then.
      if (acknowledgedAt > slot.endsAt + GRACE_OF_SILENCE_MS) return;
    }
    const last = runs.at(-1);
    const by = last && { asRunId: last.id, stationId: last.stationId, recordedBy: last.recordedBy };
    const { state, reason, until, noWord } = found;
    if (await this.outcomes.finish(tx, slot.id, { state, reason, evidenceUntil: until, noWord, by, opens: isSettled }))
      settled[state]++;
  }

  /**
   * Silence settles a slot a day after its end. One that silence settled although that day is not over was settled by a clock
   * that was wrong: it is open again. Nothing of what a station or a person has said is touched.
   */
  private async reopenTooEarly(now: Instant): Promise<void> {
    const rows: { id: string }[] = await this.database
      .read()
      .createQueryBuilder(Channel, 'channel')
      .select('slot.id', 'id')
      .innerJoin(Slot, 'slot', 'slot.channel_id = channel.id AND slot.starts_at > :from')
      .where(
        `slot.state = 'missed' AND (slot.evidence_until IS NULL OR slot.ends_at > :now) AND slot.ends_at > :silent`,
      )
      .andWhere('NOT EXISTS (SELECT 1 FROM as_run run WHERE run.slot_id = slot.id)')
      .setParameters({ from: now - LOOK_BACK_MS, now, silent: now - GRACE_OF_SILENCE_MS })
      .orderBy('slot.id')
      .getRawMany();
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const ids = rows.slice(at, at + AT_ONCE).map(({ id }) => id);
      await this.database.write(async (tx) => {
        const slots = (await this.hold(tx, ids)).filter(({ state }) => state === 'missed');
        const said = new Set((await tx.findBy(AsRun, { slotId: In(ids) })).map(({ slotId }) => slotId));
        for (const slot of slots)
          if (!said.has(slot.id)) await this.outcomes.reopen(tx, slot, now, GRACE_OF_SILENCE_MS);
        await this.settle(tx, await this.hold(tx, ids));
      });
    }
    if (rows.length > 0)
      this.log.warn(`${rows.length} slots were settled by a clock that was wrong, and are open again.`);
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

/** Whatever comes, it stays as it is. */
export function isPlayedForGood({ state, evidenceUntil }: Slot): boolean {
  return state === 'played' && evidenceUntil === null;
}
