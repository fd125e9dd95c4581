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

/** Together with the time to report and the batches before it, every slot has its outcome within a minute. */
export const WAKE_MS = 20_000;
/**
 * A slot that had no outcome at the last run is not older than this; the first run after a start covers the whole past.
 */
const LOOK_BACK_MS = 2 * 24 * 60 * 60_000;
const AT_ONCE = 100;

/** The number of slots whose state changed. */
export interface ReconciledSlots {
  played: number;
  missed: number;
}

/**
 * Gives every slot an outcome within a minute after its end, corrects it while evidence may come, and then makes it
 * final.
 */
@Injectable()
export class Reconciliation implements OnModuleInit {
  private readonly log = new Logger('Proof');
  private lookedAt: Instant = 0;
  /** Also true after a start: the clock may have been wrong before. */
  private mayBeTooEarly = true;

  constructor(
    private readonly database: Database,
    private readonly outcomes: SlotOutcomes,
    private readonly clock: Clock,
    private readonly mayAct: MayAct,
    private readonly activation: Activation,
  ) {}

  /** Outcomes decided under a wrong clock are checked once the time is certain again. */
  onModuleInit(): void {
    this.mayAct.whenSure(() => (this.mayBeTooEarly = true));
    this.activation.count('slotsToSettle', (em, now) =>
      em.countBy(Slot, { state: 'planned', endsAt: LessThanOrEqual(now) }),
    );
  }

  /**
   * Locks and returns those of the slots whose outcome may still change, in the order of their ids: when two stations
   * of one channel report at once, the second waits for the first and then finds the slot decided. Hold the slots
   * before inserting evidence.
   */
  async hold(tx: EntityManager, slotIds: readonly string[]): Promise<Slot[]> {
    if (slotIds.length === 0) return [];
    const lock = this.database.isPostgres ? { lock: { mode: 'for_no_key_update' as const } } : {};
    const where = { id: In([...slotIds]), state: In(['planned', 'played', 'missed']) };
    const slots = await tx.find(Slot, { where, order: { id: 'ASC' }, ...lock });
    return slots.filter((slot) => !isPlayedForGood(slot));
  }

  /**
   * Sets or corrects the outcome of the held slots for which it can be decided now; the others stay as they are.
   * `acknowledged`, by slot: when a log that arrives now was first acknowledged, before a restore lost it.
   */
  async settle(
    tx: EntityManager,
    lockedSlots: readonly Slot[],
    acknowledged: ReadonlyMap<string, Instant> = new Map(),
  ): Promise<ReconciledSlots> {
    const counts: ReconciledSlots = { played: 0, missed: 0 };
    for (const one of await decidingCases(tx, lockedSlots)) {
      await this.conclude(tx, one, counts, acknowledged.get(one.slot.id));
    }
    return counts;
  }

  /**
   * Processes everything that is due by the clock, nothing while this copy may not act. Safe to call at any time and
   * from several processes.
   */
  async reconcile(): Promise<ReconciledSlots> {
    const total: ReconciledSlots = { played: 0, missed: 0 };
    if (!this.mayAct.now()) return total;
    const now = this.clock.now();
    if (this.mayBeTooEarly) {
      await this.reopenTooEarly(now);
      this.mayBeTooEarly = false;
    }
    // A clock that was set back must not hide slots that ended before.
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
    counts: ReconciledSlots,
    acknowledgedAt: Instant = Infinity,
  ): Promise<void> {
    const { slot, runs } = one;
    const found = verdict(one, this.clock.now());
    if (found.state === 'waiting') return;
    const isFinal = slot.state !== 'planned' && slot.evidenceUntil === null;
    if (isFinal) {
      if (slot.state !== 'missed' || found.state !== 'played') return;
      // A final outcome stays; the late log is recorded beside it and withdraws the make-good.
      await this.outcomes.playedAfterAll(tx, slot.id);
      // A log that arrived in time and was lost with the rows counts as it did then.
      if (acknowledgedAt > slot.endsAt + GRACE_OF_SILENCE_MS) return;
    }
    const last = runs.at(-1);
    const by = last && { asRunId: last.id, stationId: last.stationId, recordedBy: last.recordedBy };
    const { state, reason, until, noWord } = found;
    if (await this.outcomes.finish(tx, slot.id, { state, reason, evidenceUntil: until, noWord, by, opens: isFinal }))
      counts[state]++;
  }

  /**
   * Silence makes a slot final a day after its end. A slot that became final earlier was decided under a wrong clock
   * and is reopened. What a station or a person reported is not touched.
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
        const reported = new Set((await tx.findBy(AsRun, { slotId: In(ids) })).map(({ slotId }) => slotId));
        for (const slot of slots)
          if (!reported.has(slot.id)) await this.outcomes.reopen(tx, slot, now, GRACE_OF_SILENCE_MS);
        await this.settle(tx, await this.hold(tx, ids));
      });
    }
    if (rows.length > 0)
      this.log.warn(`${rows.length} slots were settled by a clock that was wrong, and are open again.`);
  }

  /**
   * Slots that are over without an outcome, by channel so that the index is used; and slots whose time for evidence is
   * over.
   */
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

/** No later evidence changes such a slot. */
export function isPlayedForGood({ state, evidenceUntil }: Slot): boolean {
  return state === 'played' && evidenceUntil === null;
}
