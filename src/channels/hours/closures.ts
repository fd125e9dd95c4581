import type { Instant } from '../../shared/clock.js';
import { overlaps, type TimeRange } from '../../shared/time-range.js';

/**
 * A time in which a channel broadcasts nothing: a pause, or from its retirement on. `end` null: until somebody opens
 * the channel again.
 */
export interface Closure {
  start: Instant;
  end: Instant | null;
  retired: boolean;
  /** In Vietnamese, in the words of the person who closed the channel. */
  reason: string;
}

/** The closure that overlaps the range, the earliest first. */
export function closureOver(closures: readonly Closure[] | undefined, range: TimeRange): Closure | undefined {
  return closures?.find((closure) => overlaps(rangeOf(closure), range));
}

/** The closure in force at an instant. */
export function closureAt(closures: readonly Closure[] | undefined, at: Instant): Closure | undefined {
  return closureOver(closures, { start: at, end: at + 1 });
}

/** The parts of a session that lie in no closure. */
export function openParts<T extends TimeRange>(session: T, closures: readonly Closure[] | undefined): T[] {
  let parts = [session];
  for (const closure of closures ?? []) {
    const { start, end } = rangeOf(closure);
    parts = parts.flatMap((part) => {
      const before = { ...part, end: Math.min(part.end, start) };
      const after = { ...part, start: Math.max(part.start, end) };
      return [before, after].filter((one) => one.start < one.end);
    });
  }
  return parts;
}

function rangeOf({ start, end }: Closure): TimeRange {
  return { start, end: end ?? Infinity };
}
