import type { Instant } from './clock.js';

/** A count that halves itself in every half-life: what happened long ago weighs nothing, without a moment at which it is forgotten. */
export interface DecayingCount {
  level: number;
  /** When `level` was true. */
  at: Instant;
}

export interface CountRule {
  /** How many may come at once; after that one more is taken whenever the count has fallen to one below it. At least 2. */
  limit: number;
  halfLifeMs: number;
}

/** Floating point may leave the count a hair above the limit at the very moment that `waitMs` names. */
const EPSILON = 1e-9;

/** The count as it is at `now`. A clock that was set back lets nothing decay, and nothing grow. */
export function levelAt({ level, at }: DecayingCount, { halfLifeMs }: CountRule, now: Instant): number {
  return level * 2 ** (-Math.max(0, now - at) / halfLifeMs);
}

/** How long until one more is taken; 0 when it is taken now. */
export function waitMs(count: DecayingCount, rule: CountRule, now: Instant): number {
  const level = levelAt(count, rule, now);
  const open = rule.limit - 1;
  return level <= open + EPSILON ? 0 : Math.ceil(rule.halfLifeMs * Math.log2(level / open));
}

/** The count after `amount` more; less than nothing is nothing. */
export function counted(count: DecayingCount, rule: CountRule, now: Instant, amount = 1): DecayingCount {
  return { level: Math.max(0, levelAt(count, rule, now) + amount), at: Math.max(now, count.at) };
}
