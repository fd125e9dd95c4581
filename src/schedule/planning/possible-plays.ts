import type { Instant } from '../../shared/clock.js';
import type { TimeRange } from '../../shared/time-range.js';
import type { ChannelDay } from '../../channels/hours/window-occurrences.js';
import type { PlanDemand } from './planning.types.js';

/**
 * How many plays of one length the sessions of a day can hold from an instant on, if nothing else played: what a person
 * could have placed. Sessions are already cut to the law. Plays that touch are `gapMs` apart.
 */
export function possiblePlays(
  sessions: readonly TimeRange[],
  { from, durationMs, gapMs }: { from: Instant; durationMs: number; gapMs: number },
): number {
  let plays = 0;
  let cursor = from;
  for (const { start, end } of sessions) {
    const first = Math.max(start, cursor);
    const fit = Math.max(0, Math.floor((end - first + gapMs) / (durationMs + gapMs)));
    plays += fit;
    if (fit > 0) cursor = first + fit * (durationMs + gapMs);
  }
  return plays;
}

/**
 * The minimum of a demand on one day. Days count from the moment when it was first asked: no plays are owed by sessions
 * that had begun, or were locked, before. `existing` plays are owed in any case, since they were possible.
 */
export function minimumOn(
  { minPlaysPerDay, since, durationMs }: Pick<PlanDemand, 'minPlaysPerDay' | 'since' | 'durationMs'>,
  { sessions }: Pick<ChannelDay, 'sessions'>,
  { lockMs, gapMs, existing }: { lockMs: number; gapMs: number; existing: number },
): number {
  const [first] = sessions;
  if (since === undefined || !first || since + lockMs <= first.start) return minPlaysPerDay;
  const possible = possiblePlays(sessions, { from: since + lockMs, durationMs, gapMs });
  return Math.min(minPlaysPerDay, Math.max(possible, existing));
}
