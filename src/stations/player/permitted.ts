import { localTimeOf, type LocalTime, type TimeZone } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';

export interface Hours {
  from: LocalTime;
  until: LocalTime;
}

const MINUTE = 60_000;

/**
 * True when every minute of `range` lies in one of the hours in local time. A second check on purpose, which shares no
 * code with the schedule: whatever goes wrong at the centre, the station does not wake people at three in the morning.
 * `until` at or before `from` runs over midnight; no hours permit nothing.
 */
export function isPermitted(range: TimeRange, hours: readonly Hours[], zone: TimeZone): boolean {
  if (range.end <= range.start) return false;
  for (let at = range.start; at < range.end; at += MINUTE) if (!permits(hours, localTimeOf(at, zone))) return false;
  return permits(hours, localTimeOf(range.end - 1, zone));
}

function permits(hours: readonly Hours[], time: LocalTime): boolean {
  return hours.some(({ from, until }) => (from < until ? from <= time && time < until : time >= from || time < until));
}
