import { DomainError } from '../shared/domain-error.js';
import { hashOf } from '../shared/ids.js';

/**
 * What a person has seen of rules, so that nobody overwrites what he has not: a hash of what they say, since the same rules are
 * the same, however often they were written.
 */
export function rulesVersion(rules: unknown): string {
  return hashOf(rules).slice(0, 16);
}

/** The version in `If-Match: "…"`; undefined without one. What is no version of ours matches nothing. */
export function seenRules(ifMatch: string | undefined): string | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  return /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(ifMatch)?.[1] ?? '';
}

/** Throws `stale` (412) when somebody has changed them since; who says nothing of what he saw passes. */
export function requireSeenRules(seen: string | undefined, rules: unknown): void {
  const version = rulesVersion(rules);
  if (seen === undefined || seen === version) return;
  throw new DomainError(
    'stale',
    'stale',
    {
      vi: 'Khung giờ hoặc quy định này vừa được người khác thay đổi. Xin xem lại bản mới rồi lưu.',
      en: 'Somebody has changed these rules since you looked. See what they say now, then save.',
    },
    { version },
  );
}
