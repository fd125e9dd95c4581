import type { WindowDays } from './window-days.js';
import type { LocalTime, LocalDate, TimeZone } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';

/** A window: it opens on these weekdays at `start`, local time, for `minutes`. `from` and `until` are days of the season, both included. */
export interface WindowRule {
  id: string;
  channelId: string;
  /** 1 Monday … 7 Sunday (ISO 8601). */
  weekdays: readonly number[];
  start: LocalTime;
  /** 1 … 1440 of real time; a window may run past midnight and then belongs to the day on which it opens. */
  minutes: number;
  from?: LocalDate;
  until?: LocalDate;
  /** What else narrows its days: a rule of the calendar, a season of every year, days off. */
  days?: WindowDays;
}

/**
 * One date of one window, without touching the series. `skip`: silent that day. `move`: another start or length, if the
 * window opens that day at all. `special`: opens that day whatever the weekday and the season say; it also passes the
 * weekday rule of the policy, and nothing else of it.
 */
export interface DayOverride {
  windowId: string;
  date: LocalDate;
  kind: 'skip' | 'move' | 'special';
  start?: LocalTime;
  minutes?: number;
}

/** The law of the place. An empty `permitted` permits nothing. `until` at or before `from` runs over midnight; equal is the whole day. */
export interface HoursPolicy {
  permitted: readonly { from: LocalTime; until: LocalTime }[];
  weekdays?: readonly number[];
  sessionsPerDay?: number;
  minutesPerSession?: number;
  /** Special occasions: on these days the weekday rule does not hold. */
  openDates?: ReadonlySet<LocalDate>;
  /** On these days only a special programme is heard. */
  silentDates?: ReadonlySet<LocalDate>;
  /** Rules that take over on a day to come, in the order of their days; each has no `later` of its own. */
  later?: readonly { from: LocalDate; policy: HoursPolicy }[];
}

/** One opening of a window, already inside the policy. `date` is the local day on which it opens. */
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
}
