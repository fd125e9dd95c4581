import type { Instant } from '../../shared/clock.js';
import { addDays, type LocalDate, localDateOf, type TimeZone } from '../../shared/local-time.js';

export interface FirstDayFacts {
  /** The first plan of the obligation; null without one. */
  since: Instant | null;
  /** When the first campaign of the directive was opened; null without a campaign. */
  opened: Instant | null;
  /** Something was placed or posted for it. */
  begun: boolean;
  periodOver: boolean;
  /** The first day of the period. */
  from: LocalDate | null;
}

/**
 * The first day that owes plays: that of the first plan, and never before the period. Null while nothing was planned and
 * there is still time: nobody is late with what nobody could play yet.
 */
export function firstOwedDay(facts: FirstDayFacts, zone: TimeZone): LocalDate | null {
  const { since, opened, begun, periodOver, from } = facts;
  if (from === null) return null;
  if (since === null && !begun && !periodOver) return null;
  if (since === null && opened === null) return from;
  // Without a plan the day of opening owes nothing: texts are written and approved first.
  const day = since === null ? addDays(localDateOf(opened ?? 0, zone), 1) : localDateOf(since, zone);
  return day > from ? day : from;
}
