import type { Instant } from '../shared/clock.js';

/** What the two clocks showed at one moment. `origin`: what `monotonic` counts from (`Clock.origin`). */
export interface ClockReading {
  wall: Instant;
  monotonic: number;
  origin: string;
}

/** Wall and monotonic clock may part by this much between two looks: time servers correct by less, and daylight is no matter in UTC. */
export const JUMP_MS = 60_000;

/**
 * How far the wall clock has jumped between two readings, milliseconds: positive is forward. Across a restart of the machine
 * only a wall clock that shows an earlier time than before is known to have jumped; how long the machine was off is not.
 */
export function jumpBetween(before: ClockReading, now: ClockReading): number {
  const walked = now.wall - before.wall;
  if (before.origin === now.origin) return walked - (now.monotonic - before.monotonic);
  return Math.min(0, walked);
}
