import type { Instant } from './clock.js';

/**
 * A count that halves in every half-life: old events lose their weight gradually, without a moment at which they are
 * forgotten.
 */
export interface DecayingCount {
  level: number;
  /** When `level` was true. */
  at: Instant;
}

export interface CountRule {
  /** How many may come at once; then one more is accepted whenever the count has fallen to one below it. At least 2. */
  limit: number;
  halfLifeMs: number;
}

/** Floating point may leave the count slightly above the limit at the very moment that `waitMs` names. */
const EPSILON = 1e-9;

/** The count at `now`. When the clock was set back the count neither decays nor grows. */
export function levelAt({ level, at }: DecayingCount, { halfLifeMs }: CountRule, now: Instant): number {
  return level * 2 ** (-Math.max(0, now - at) / halfLifeMs);
}

/** Milliseconds until one more is accepted; 0 when it is accepted now. */
export function waitMs(count: DecayingCount, rule: CountRule, now: Instant): number {
  const level = levelAt(count, rule, now);
  const open = rule.limit - 1;
  return level <= open + EPSILON ? 0 : Math.ceil(rule.halfLifeMs * Math.log2(level / open));
}

/** The count after `amount` more; never below zero. */
export function counted(count: DecayingCount, rule: CountRule, now: Instant, amount = 1): DecayingCount {
  return { level: Math.max(0, levelAt(count, rule, now) + amount), at: Math.max(now, count.at) };
}
