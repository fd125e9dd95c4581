import { DomainError } from '../shared/domain-error.js';
import { hashOf } from '../shared/ids.js';

/**
 * A version of the rules that a person has seen, so that no one overwrites unseen changes. It is a hash of their
 * content: the same rules have the same version, however often they were written.
 */
export function rulesVersion(rules: unknown): string {
  return hashOf(rules).slice(0, 16);
}

/** The version in `If-Match: "…"`; undefined when there is none. A malformed version matches nothing. */
export function seenRules(ifMatch: string | undefined): string | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  return /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(ifMatch)?.[1] ?? '';
}

/** Throws `stale` (412) when the rules have changed since `seen`. Passes when `seen` is undefined. */
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
