import type { LocalTime } from '../../shared/local-time.js';

/**
 * [from, until) of the local day in which a channel may broadcast; `until` at or before `from` runs over midnight,
 * equal means the whole day. An emergency with a named authoriser is the only exception.
 */
export interface PermittedHours {
  from: LocalTime;
  until: LocalTime;
}

const DAY = 24 * 60;

/**
 * The channel's own hours, cut to what the law permits, minus the quiet hours; ordered and disjoint. An empty list
 * permits nothing. Hours that run over midnight are returned as two ranges.
 */
export function effectiveHours(
  own: readonly PermittedHours[],
  permitted: readonly PermittedHours[],
  quiet: readonly PermittedHours[],
): PermittedHours[] {
  const [mine, law, silent] = [own, permitted, quiet].map(minutesOf);
  const found: PermittedHours[] = [];
  let opened: number | undefined;
  for (let minute = 0; minute <= DAY; minute++) {
    const open = minute < DAY && mine![minute]! && law![minute]! && !silent![minute]!;
    if (open) opened ??= minute;
    else if (opened !== undefined) {
      found.push({ from: show(opened), until: show(minute) });
      opened = undefined;
    }
  }
  return found;
}

/**
 * Marks the minutes of the day that the hours cover. A day has 1,440 of them: marking is simpler than cutting ranges.
 */
function minutesOf(hours: readonly PermittedHours[]): boolean[] {
  const minutes = new Array<boolean>(DAY).fill(false);
  for (const { from, until } of hours) {
    const [opens, closes] = [minuteOf(from), minuteOf(until)];
    if (opens < closes) minutes.fill(true, opens, closes);
    else {
      minutes.fill(true, opens);
      minutes.fill(true, 0, closes);
    }
  }
  return minutes;
}

function minuteOf(time: LocalTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function show(minute: number): LocalTime {
  const m = minute % DAY;
  return `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
}
