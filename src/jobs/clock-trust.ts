import type { Instant } from '../shared/clock.js';

/** A reading of both clocks at one moment. `origin`: what `monotonic` counts from (`Clock.origin`). */
export interface ClockReading {
  wall: Instant;
  monotonic: number;
  origin: string;
}

/**
 * How far the wall clock and the monotonic clock may drift apart between two readings: time servers correct by less,
 * and daylight saving does not affect UTC.
 */
export const JUMP_MS = 60_000;

/**
 * How far the wall clock has jumped between two readings, milliseconds: positive is forward. Across a restart of the
 * machine only a backward jump can be detected, because the time that the machine was off is unknown.
 */
export function jumpBetween(before: ClockReading, now: ClockReading): number {
  const walked = now.wall - before.wall;
  if (before.origin === now.origin) return walked - (now.monotonic - before.monotonic);
  return Math.min(0, walked);
}
