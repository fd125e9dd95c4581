import type { Closure } from './closures.js';
import type { WindowDays } from './window-days.js';
import type { LocalTime, LocalDate, TimeZone } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';

/**
 * A window opens on these weekdays at `start` (local time) for `minutes`. `from` and `until` are the first and last day
 * of its season, both included.
 */
export interface WindowRule {
  id: string;
  channelId: string;
  /** 1 Monday … 7 Sunday (ISO 8601). */
  weekdays: readonly number[];
  start: LocalTime;
  /** 1 … 1440 minutes of real time; a window that runs past midnight belongs to the day on which it opens. */
  minutes: number;
  from?: LocalDate;
  until?: LocalDate;
  /** What else restricts its days: a calendar rule, a yearly season, days off. */
  days?: WindowDays;
}

/**
 * A change to one date of one window; the series is not touched. `skip`: silent that day. `move`: another start or
 * length, if the window opens that day at all. `special`: opens that day whatever the weekday and the season say; it
 * also passes the weekday rule of the policy, and no other rule of it.
 */
export interface DayOverride {
  windowId: string;
  date: LocalDate;
  kind: 'skip' | 'move' | 'special';
  start?: LocalTime;
  minutes?: number;
}

/**
 * The law of the place. An empty `permitted` permits nothing. `until` at or before `from` runs over midnight; equal
 * means the whole day.
 */
export interface HoursPolicy {
  permitted: readonly { from: LocalTime; until: LocalTime }[];
  weekdays?: readonly number[];
  sessionsPerDay?: number;
  minutesPerSession?: number;
  /** Special occasions: on these days the weekday rule does not apply. */
  openDates?: ReadonlySet<LocalDate>;
  /** On these days only a special programme may be broadcast. */
  silentDates?: ReadonlySet<LocalDate>;
  /** Policies that take over on a future day, ordered by that day; none of them has a `later` of its own. */
  later?: readonly { from: LocalDate; policy: HoursPolicy }[];
}

/** One session of a window, already cut to the policy. `date` is the local day on which it opens. */
export interface Occurrence extends TimeRange {
  windowId: string;
  channelId: string;
  date: LocalDate;
}

export interface PlanChannel {
  id: string;
  zone: TimeZone;
  policy: HoursPolicy;
  windows: readonly WindowRule[];
  overrides: readonly DayOverride[];
  /** Pauses and the retirement, ordered by start; none overlaps another. */
  closures?: readonly Closure[];
}
