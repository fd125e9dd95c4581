import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { MayAct } from '../jobs/may-act.service.js';
import { Slot } from '../schedule/slots/slot.entity.js';
import { badToken } from '../stations/station.guard.js';
import {
  type Gap,
  isHere,
  type LogAccount,
  type LogState,
  MAX_GAPS,
  logStateOf,
  withEntered,
} from '../stations/log-account.js';
import { Station } from '../stations/station.entity.js';
import type { AsRunEvent, Receipt } from './as-run-event.js';
import { AsRun } from './as-run.entity.js';
import { checkAsRunEvent, refusal, saysTheSame, type SlotFacts } from './check-as-run-event.js';
import { isPlayedForGood, Reconciliation } from './reconciliation.service.js';
import { expectedAudio } from './expected-audio.js';

const ROWS_PER_INSERT = 100;

/** Stores the play logs of stations: each numbered event once, whatever is sent again and in whatever order. */
@Injectable()
export class AsRunLog {
  constructor(
    private readonly database: Database,
    private readonly reconciliation: Reconciliation,
    private readonly clock: Clock,
    private readonly mayAct: MayAct,
  ) {}

  /**
   * Stores the whole batch or nothing. A repeated event is counted and changes nothing; later numbers may come before
   * earlier ones. Throws `sequence-taken` (409) and `unknown-slot`, `bad-times`, `far-from-slot` (422); each names the
   * event's `sequence`, so that the station sets it aside and sends the rest. Throws `clock-in-doubt` (503): an event
   * is judged by the time, and the station keeps what it could not send. The rows are the record: no audit beside them.
   */
  async receive(station: Station, events: readonly AsRunEvent[]): Promise<Receipt> {
    this.mayAct.require();
    return this.database.write(async (tx) => {
      // Two batches of one station are processed one after the other.
      const account = await this.holdAccount(tx, station);
      const fresh = await this.fresh(tx, station, account, events);
      const slots = await this.slots(tx, station, fresh);
      // Lock the slots before inserting rows that refer to them: two stations that insert first and lock afterwards
      // would deadlock.
      const open = [...slots].filter(([, { isSettled }]) => !isSettled).map(([id]) => id);
      const lockedSlots = await this.reconciliation.hold(tx, open);
      const rows = fresh.map((event) => this.row(station, event, slots.get(event.slotId)));
      for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
        await tx.insert(AsRun, rows.slice(at, at + ROWS_PER_INSERT));
      }
      await this.reconciliation.settle(tx, lockedSlots, acknowledgedBefore(fresh));
      const numbers = fresh.map(({ sequence }) => sequence);
      const { lastSequence, missing } = await this.enter(tx, station, withEntered(account, numbers));
      return { accepted: fresh.length, duplicates: events.length - fresh.length, highest: lastSequence, missing };
    });
  }

  /**
   * Locks the station's row. Counts the log when no count is stored: rows of an older version, or more gaps than are
   * stored.
   */
  private async holdAccount(tx: EntityManager, { id }: Station): Promise<LogAccount> {
    const lock = this.database.isPostgres ? { lock: { mode: 'for_no_key_update' as const } } : {};
    const station = await tx.findOne(Station, { where: { id, active: true }, ...lock });
    if (!station) throw badToken(); // revoked since the guard looked
    const { lastSequence: highest, logGaps } = station;
    return { highest, gaps: logGaps ?? (await countedGaps(tx, id)) };
  }

  private async enter(tx: EntityManager, { id }: Station, { highest, gaps }: LogAccount): Promise<LogState> {
    const change = { lastSequence: highest, logGaps: gaps.length > MAX_GAPS ? null : gaps };
    await tx.update(Station, { id }, { ...change, lastSeenAt: this.clock.now() } as object);
    return logStateOf({ lastSequence: highest, logGaps: gaps });
  }

  /**
   * The events that are not stored yet. A stored number with other content is refused: one of the two would be lost.
   */
  private async fresh(
    tx: EntityManager,
    station: Station,
    account: LogAccount,
    events: readonly AsRunEvent[],
  ): Promise<AsRunEvent[]> {
    const known = events.map(({ sequence }) => sequence).filter((sequence) => isHere(account, sequence));
    const stored = known.length > 0 ? await tx.findBy(AsRun, { stationId: station.id, sequence: In(known) }) : [];
    const bySequence = new Map(stored.map((row) => [row.sequence, row]));
    const taken = new Map<number, AsRunEvent>();
    for (const event of events) {
      const row = bySequence.get(event.sequence);
      const twin = taken.get(event.sequence);
      if (row ? !saysTheSame(row, event) : twin && !sameEvent(twin, event)) throw sequenceTaken(event);
      if (!row && !twin) taken.set(event.sequence, event);
    }
    return [...taken.values()];
  }

  /** The slots of this station's channel, by id, with the hash of the audio that each one expects. */
  private async slots(
    tx: EntityManager,
    station: Station,
    events: readonly AsRunEvent[],
  ): Promise<Map<string, SlotFacts & { isSettled: boolean }>> {
    const ids = [...new Set(events.map((event) => event.slotId))];
    if (ids.length === 0) return new Map();
    const slots = await tx.findBy(Slot, { id: In(ids), channelId: station.channelId });
    const expected = await expectedAudio(tx, station.channelId, slots);
    return new Map(
      slots.map((slot) => {
        const { id, startsAt, endsAt } = slot;
        const [sha256 = null, ...others] = expected.get(id) ?? [];
        return [id, { startsAt, endsAt, sha256, others, isSettled: isPlayedForGood(slot) }];
      }),
    );
  }

  private row(station: Station, event: AsRunEvent, slot: SlotFacts | undefined): AsRun {
    // A slot of another ward gets the same answer as a missing one.
    if (!slot) throw unknownSlot(event);
    const now = this.clock.now();
    return {
      id: newId(now),
      stationId: station.id,
      sequence: event.sequence,
      slotId: event.slotId,
      channelId: station.channelId,
      clipSha256: event.sha256,
      startedAt: event.startedAt,
      endedAt: event.endedAt,
      ...checkAsRunEvent(event, slot, now),
      grade: 'B',
      receivedAt: now,
      recordedBy: null,
    };
  }
}

/** The gaps between the rows, from 1 on; at most one more than can be stored. */
async function countedGaps(tx: EntityManager, stationId: string): Promise<Gap[]> {
  const pairs = tx
    .createQueryBuilder(AsRun, 'run')
    .select('run.sequence', 'sequence')
    .addSelect('LAG(run.sequence, 1, 0) OVER (ORDER BY run.sequence)', 'earlier')
    .where('run.station_id = :stationId', { stationId });
  const rows: { earlier: number; sequence: number }[] = await tx
    .createQueryBuilder()
    .select('pair.earlier', 'earlier')
    .addSelect('pair.sequence', 'sequence')
    .from(`(${pairs.getQuery()})`, 'pair')
    .where('pair.sequence > pair.earlier + 1')
    .setParameters(pairs.getParameters())
    .orderBy('pair.sequence')
    .limit(MAX_GAPS + 1)
    .getRawMany();
  return rows.map(({ earlier, sequence }) => ({ from: earlier + 1, to: sequence - 1 }));
}

/** By slot: when a log of it was first acknowledged, before a restore lost it. */
function acknowledgedBefore(events: readonly AsRunEvent[]): ReadonlyMap<string, Instant> {
  const first = new Map<string, Instant>();
  for (const { slotId, acknowledgedAt, outcome } of events) {
    if (acknowledgedAt === undefined || outcome !== 'played') continue;
    first.set(slotId, Math.min(acknowledgedAt, first.get(slotId) ?? Infinity));
  }
  return first;
}

function sameEvent(a: AsRunEvent, b: AsRunEvent): boolean {
  return saysTheSame({ ...a, clipSha256: a.sha256, detail: a.detail ?? null }, b);
}

function sequenceTaken(event: AsRunEvent): DomainError {
  return new DomainError(
    'conflict',
    'sequence-taken',
    {
      vi: `Bản ghi số ${event.sequence} đã có với nội dung khác.`,
      en: `Event ${event.sequence} is here with other content.`,
    },
    { sequence: event.sequence, slotId: event.slotId },
  );
}

function unknownSlot(event: AsRunEvent): DomainError {
  return refusal(event, 'unknown-slot', {
    vi: `Bản ghi số ${event.sequence}: lượt phát này không thuộc kênh của trạm.`,
    en: `Event ${event.sequence}: that slot is not on this station's channel.`,
  });
}
