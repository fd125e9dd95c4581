import type { TimeRange } from '../../shared/time-range.js';
import { IntervalSet } from './interval.set.js';
import type { Policy } from './planning.types.js';
import { DAY, MINUTE, minutesOf, type ZoneCalendar } from './zone.calendar.js';

/**
 * Every instant of the calendar at which the clocks of the place show a permitted time. It follows the clock face: on a
 * day whose clocks are changed, no minute outside the rule becomes permitted and none inside it is lost.
 */
export function permittedHours(policy: Policy, calendar: ZoneCalendar): IntervalSet {
  const ranges: TimeRange[] = [];
  for (const { start, end, offset } of calendar.segments) {
    const lastDay = Math.floor((end + offset) / DAY);
    for (let day = Math.floor((start + offset) / DAY) - 1; day <= lastDay; day++) {
      for (const { from, until } of policy.permitted) {
        const opens = minutesOf(from);
        const closes = minutesOf(until);
        const midnight = day * DAY - offset;
        ranges.push({
          start: Math.max(start, midnight + opens * MINUTE),
          end: Math.min(end, midnight + closes * MINUTE + (closes <= opens ? DAY : 0)),
        });
      }
    }
  }
  return IntervalSet.of(ranges);
}

export function permitsWeekday(policy: Policy, weekday: number): boolean {
  return policy.weekdays === undefined || policy.weekdays.includes(weekday);
}

/** '05:00–21:00, 22:00–23:00', as sentences say it. */
export function showHours(policy: Policy): string {
  return policy.permitted.map(({ from, until }) => `${from}–${until}`).join(', ') || '–';
}
