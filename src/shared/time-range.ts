import type { Instant } from './clock.js';

/** Half-open: [start, end). Two ranges that only touch do not overlap. */
export interface TimeRange {
  start: Instant;
  end: Instant;
}

export function overlaps(a: TimeRange, b: TimeRange): boolean {
  return a.start < b.end && b.start < a.end;
}

export function contains(outer: TimeRange, inner: TimeRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
