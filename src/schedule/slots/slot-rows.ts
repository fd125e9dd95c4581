import { type EntityManager, In } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import { move } from '../../shared/transitions.js';
import type { SlotRole } from './slot-kind.js';
import type { ExistingSlot } from './existing-slot.js';
import { type SlotState, slotTransitions } from './slot.transitions.js';
import { Slot } from './slot.entity.js';

/** TypeORM throws after an INSERT with more rows than this, although it has inserted them. */
const ROWS_A_CALL = 100;
const IDS_A_CALL = 500;

/** Key prefix of slots that a person placed; the planner neither makes such keys nor takes such slots away. */
export const BY_HAND = 'hand|';

/** A stored slot with the fields that identify its demand. */
export interface StoredSlot extends ExistingSlot {
  campaignId?: string;
  obligationId: string | null;
  clipId?: string;
  role: SlotRole;
}

/**
 * Slots of these channels whose day (in the channel's zone) is `from`–`until`, both included; cancelled ones too, since
 * keys are never used twice. Plain rows: a city's month has too many for entities.
 */
export async function storedSlots(
  em: EntityManager,
  channelIds: readonly string[],
  from: LocalDate,
  until: LocalDate,
): Promise<StoredSlot[]> {
  if (channelIds.length === 0) return [];
  const rows = await em
    .createQueryBuilder()
    .from(Slot, 's')
    .select('s.id', 'id')
    .addSelect('s.key', 'key')
    .addSelect('s.channel_id', 'channelId')
    .addSelect('s.date', 'date')
    .addSelect('s.starts_at', 'start')
    .addSelect('s.ends_at', 'end')
    .addSelect('s.state', 'state')
    .addSelect('s.campaign_id', 'campaignId')
    .addSelect('s.obligation_id', 'obligationId')
    .addSelect('s.clip_id', 'clipId')
    .addSelect('s.role', 'role')
    .addSelect('s.held', 'held')
    .addSelect('s.make_good_for', 'makeGoodFor')
    .where('s.channel_id IN (:...channelIds) AND s.date BETWEEN :from AND :until', { channelIds, from, until })
    .getRawMany<Row>();
  return rows.map(({ held, campaignId, clipId, makeGoodFor, ...row }) => ({
    ...row,
    campaignId: campaignId ?? undefined,
    clipId: clipId ?? undefined,
    makeGoodFor: makeGoodFor ?? undefined,
    // PostgreSQL returns 64-bit integers as text, SQLite a boolean as a number.
    start: Number(row.start),
    end: Number(row.end),
    locked: Boolean(held) || row.key.startsWith(BY_HAND),
  }));
}

/** The number of plays of one clip, for one obligation and campaign, on a channel and local day. */
export interface PlayCount {
  channelId: string;
  date: LocalDate;
  campaignId?: string;
  obligationId: string | null;
  clipId?: string;
  plays: number;
}

/** Counted by the database with the same rule as `countsAsPlay` for one slot. Items only, `from`–`until` included. */
export async function playCounts(
  em: EntityManager,
  channelIds: readonly string[],
  from: LocalDate,
  until: LocalDate,
): Promise<PlayCount[]> {
  if (channelIds.length === 0) return [];
  const rows = await em
    .createQueryBuilder()
    .from(Slot, 's')
    .select('s.channel_id', 'channelId')
    .addSelect('s.date', 'date')
    .addSelect('s.campaign_id', 'campaignId')
    .addSelect('s.obligation_id', 'obligationId')
    .addSelect('s.clip_id', 'clipId')
    .addSelect('COUNT(*)', 'plays')
    .where('s.channel_id IN (:...channelIds) AND s.date BETWEEN :from AND :until', { channelIds, from, until })
    .andWhere("s.make_good_for IS NULL AND s.state <> 'cancelled'")
    .groupBy('s.channel_id, s.date, s.campaign_id, s.obligation_id, s.clip_id')
    .getRawMany<
      Omit<PlayCount, 'campaignId' | 'clipId' | 'plays'> & Record<'campaignId' | 'clipId' | 'plays', string>
    >();
  return rows.map(({ campaignId, clipId, plays, ...row }) => ({
    ...row,
    campaignId: campaignId ?? undefined,
    clipId: clipId ?? undefined,
    plays: Number(plays),
  }));
}

type Row = Omit<StoredSlot, 'start' | 'end' | 'campaignId' | 'clipId' | 'makeGoodFor'> & {
  key: string;
  start: string | number;
  end: string | number;
  held: boolean | number;
  campaignId: string | null;
  clipId: string | null;
  makeGoodFor: string | null;
};

/**
 * Inserts in calls of 100, as plain statements: a province's plan is 45,000 rows, and the query builder spends more
 * time on their parameters than the database on the rows. An overlap refusal of the database passes through: see
 * `isOverlapRefusal`.
 */
export async function insertSlots(tx: EntityManager, slots: readonly Slot[]): Promise<void> {
  const { driver, options } = tx.dataSource;
  const { columns } = tx.dataSource.getMetadata(Slot);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
  const mark = (n: number) => (options.type === 'postgres' ? `$${n + 1}` : '?');
  for (let i = 0; i < slots.length; i += ROWS_A_CALL) {
    const rows = slots.slice(i, i + ROWS_A_CALL);
    const marks = rows.map((_, row) => `(${columns.map((_, c) => mark(row * columns.length + c)).join(', ')})`);
    const values = rows.flatMap((row) =>
      columns.map((column) => driver.preparePersistentValue(column.getEntityValue(row), column) as unknown),
    );
    await tx.query(`INSERT INTO slot (${names}) VALUES ${marks.join(', ')}`, values);
  }
}

/** Ends the slots that are still `planned`, one statement for each 500, and returns how many. */
export async function endPlannedSlots(
  tx: EntityManager,
  ids: readonly string[],
  state: SlotState,
  reason: string | null,
  replacedBy: string | null = null,
): Promise<number> {
  move(slotTransitions, 'planned', state, 'lượt phát');
  let moved = 0;
  for (let i = 0; i < ids.length; i += IDS_A_CALL) {
    const some = In(ids.slice(i, i + IDS_A_CALL));
    const change = { state, reason, replacedBy, version: () => 'version + 1' };
    const done = await tx.update(Slot, { id: some, state: 'planned' }, change);
    moved += done.affected ?? 0;
  }
  return moved;
}

/** Groups the changed slots by channel: one event each. */
export function byChannel(
  slots: readonly { id: string; channelId: string; date: LocalDate }[],
): { channelId: string; slotIds: string[]; dates: LocalDate[] }[] {
  const channels = new Map<string, { slotIds: string[]; dates: Set<LocalDate> }>();
  for (const { id, channelId, date } of slots) {
    const one = channels.get(channelId) ?? { slotIds: [], dates: new Set() };
    channels.set(channelId, one);
    one.slotIds.push(id);
    one.dates.add(date);
  }
  return [...channels].map(([channelId, { slotIds, dates }]) => ({ channelId, slotIds, dates: [...dates].sort() }));
}

/**
 * The planned slots of a script version that have not begun, in their order: what is taken out when it may no longer go
 * out. `bookends` are the openings and closings made of it, which are placed again without it.
 */
export function slotsToCome(
  em: EntityManager,
  versionId: string,
  now: Instant,
  which: 'items' | 'bookends' = 'items',
): Promise<Slot[]> {
  return em
    .createQueryBuilder(Slot, 's')
    .where(
      `(s.script_version_id = :versionId OR s.clip_id IN (SELECT c.id FROM clip c WHERE c.script_version_id = :versionId))`,
    )
    .andWhere(`s.state = 'planned' AND s.role ${which === 'bookends' ? '<>' : '='} 'item' AND s.starts_at > :now`)
    .setParameters({ versionId, now })
    .orderBy('s.starts_at')
    .addOrderBy('s.id')
    .getMany();
}

/** By version id: the number of items that would be taken out, and when the first begins. One statement. */
export async function slotsAhead(
  em: EntityManager,
  versionIds: readonly string[],
  now: Instant,
): Promise<Map<string, { n: number; first: Instant }>> {
  if (versionIds.length === 0) return new Map();
  const rows = await em
    .createQueryBuilder()
    .from(Slot, 's')
    .leftJoin('clip', 'c', 'c.id = s.clip_id')
    .select('COALESCE(s.script_version_id, c.script_version_id)', 'versionId')
    .addSelect('COUNT(*)', 'n')
    .addSelect('MIN(s.starts_at)', 'first')
    .where('(s.script_version_id IN (:...versionIds) OR c.script_version_id IN (:...versionIds))', { versionIds })
    .andWhere("s.state = 'planned' AND s.role = 'item' AND s.starts_at > :now", { now })
    .groupBy('COALESCE(s.script_version_id, c.script_version_id)')
    .getRawMany<{ versionId: string; n: string | number; first: string | number }>();
  return new Map(rows.map(({ versionId, n, first }) => [versionId, { n: Number(n), first: Number(first) }]));
}
