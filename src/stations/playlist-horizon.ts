import type { Instant } from '../shared/clock.js';
import { addDays, type LocalDate, localDateOf, type TimeZone } from '../shared/local-time.js';

/** A station holds two days ahead, so that it can play without the centre. */
export const DAYS_AHEAD = 2;
/** The previous day stays readable: around midnight, and for a station that reports late. */
export const DAYS_BEHIND = 1;

/** The local days that a station may ask for at `now`, first and last included. */
export function heldDays(now: Instant, zone: TimeZone): { today: LocalDate; first: LocalDate; last: LocalDate } {
  const today = localDateOf(now, zone);
  return { today, first: addDays(today, -DAYS_BEHIND), last: addDays(today, DAYS_AHEAD) };
}
