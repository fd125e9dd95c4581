import type { LocalDate } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import { IntervalSet } from './interval-set.js';
import type { HoursPolicy } from './hours.types.js';
import { DAY, dateOfDay, MINUTE, minutesOf, weekdayOfDay, type ZoneCalendar } from './zone-calendar.js';

/** The policy in force on a day: `policy` until a later one takes over. */
export function policyOn(policy: HoursPolicy, date: LocalDate): HoursPolicy {
  if (!policy.later) return policy;
  return policy.later.findLast(({ from }) => from <= date)?.policy ?? policy;
}

/** The same policy with some rules lifted, in its later policies too. */
export function lifted(policy: HoursPolicy, without: Partial<HoursPolicy>): HoursPolicy {
  const later = policy.later?.map(({ from, policy: next }) => ({ from, policy: { ...next, ...without } }));
  return { ...policy, ...without, ...(later && { later }) };
}

/**
 * Every instant of the calendar at which local clocks show a permitted time. It follows the clock face: on a day with a
 * clock change no minute outside the rule becomes permitted and none inside it is lost. Each day has the hours of the
 * policy in force on it.
 */
export function permittedHours(policy: HoursPolicy, calendar: ZoneCalendar): IntervalSet {
  const ranges: TimeRange[] = [];
  for (const { start, end, offset } of calendar.segments) {
    const lastDay = Math.floor((end + offset) / DAY);
    for (let day = Math.floor((start + offset) / DAY); day <= lastDay; day++) {
      const midnight = day * DAY - offset;
      const { permitted } = policy.later ? policyOn(policy, dateOfDay(day)) : policy;
      for (const { from, until } of permitted) {
        const opens = midnight + minutesOf(from) * MINUTE;
        const closes = midnight + minutesOf(until) * MINUTE;
        const add = (a: number, b: number) => ranges.push({ start: Math.max(start, a), end: Math.min(end, b) });
        if (opens < closes) add(opens, closes);
        else {
          add(midnight, closes);
          add(opens, midnight + DAY);
        }
      }
    }
  }
  return IntervalSet.of(ranges);
}

/**
 * True when an ordinary session may be broadcast on that day; the weekday rule does not apply to a special programme.
 */
export function permitsDay(policy: HoursPolicy, day: number): boolean {
  const date = policy.later || policy.openDates || policy.silentDates ? dateOfDay(day) : '';
  const { weekdays, openDates, silentDates } = policyOn(policy, date);
  if (silentDates?.has(date)) return false;
  return weekdays === undefined || weekdays.includes(weekdayOfDay(day)) || (openDates?.has(date) ?? false);
}

/** '05:00–21:00, 22:00–23:00', for sentences. */
export function showHours(policy: HoursPolicy): string {
  return policy.permitted.map(({ from, until }) => `${from}–${until}`).join(', ') || '–';
}
