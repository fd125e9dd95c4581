import type { EntityManager } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import type { TimeRange } from '../../shared/time-range.js';

/** A slot that overlaps a range. */
export interface Conflict {
  id: string;
  startsAt: Instant;
  endsAt: Instant;
}

/** The database refuses slots longer than a day: with both bounds, the query stays in its index at any size. */
const LONGEST_MS = 86_400_000;

/**
 * The slots of a channel that overlap `range`, ordered by start; `except` is the slot being moved. One prepared
 * statement over the index of channel, start and end, fast enough for every step of a drag.
 */
export async function conflictsAt(
  em: EntityManager,
  channelId: string,
  range: TimeRange,
  except = '',
): Promise<Conflict[]> {
  const sql = em.dataSource.options.type === 'postgres' ? postgresSql : sqliteSql;
  const parameters = [channelId, range.start - LONGEST_MS, range.end, range.start, except];
  const rows = await em.query<{ id: string; startsAt: string | number; endsAt: string | number }[]>(sql, parameters);
  // PostgreSQL returns 64-bit integers as text.
  return rows.map(({ id, startsAt, endsAt }) => ({ id, startsAt: Number(startsAt), endsAt: Number(endsAt) }));
}

const searchWith = (p: (n: number) => string) =>
  `SELECT id, starts_at AS "startsAt", ends_at AS "endsAt" FROM slot WHERE channel_id = ${p(1)} AND starts_at > ${p(2)}
   AND starts_at < ${p(3)} AND ends_at > ${p(4)} AND id <> ${p(5)} AND state NOT IN ('cancelled', 'replaced')
   ORDER BY starts_at`;
/** The benchmark runs this exact text as a bare prepared statement. */
export const sqliteSql = searchWith(() => '?');
const postgresSql = searchWith((n) => `$${n}`);
