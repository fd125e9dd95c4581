import type { Instant } from '../../shared/clock.js';
import { composed } from '../../shared/clean-text.js';
import type { FeedEntry, LookupOutcome } from './post-adapter.port.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A later post is no longer news: after a long downtime a person decides, not the machine. */
export const TOO_LATE_MS = 6 * HOUR;
/** How long a claim holds. Longer than any call, so that only a dead process loses its claim. */
export const LEASE_MS = 3 * MINUTE;
/**
 * A call begins within this time of its claim, or not at all: the rest of the lease is for the call and for clocks that
 * differ.
 */
export const SEND_WITHIN_MS = LEASE_MS / 3;
/** The longest call. */
export const CALL_MS = MINUTE / 2;
/** Minimum time between two posts to one page, so that posts that waited for hours do not leave as a burst. */
export const PACE_MS = 30_000;
/** Facebook's clock and ours may differ by this much; beyond it a lookup proves nothing. */
export const SKEW_MS = 5 * MINUTE;
/**
 * For this long after an activation another copy of the installation may still be posting: the page is read before each
 * post.
 */
export const RIVAL_MS = 7 * 24 * HOUR;
export const FIRST_LOOKUP_MS = MINUTE;
/** Pause while another post with the same text is being sent. */
export const TWIN_PAUSE_MS = MINUTE;
/**
 * Assumption: a post that Graph accepted is in its feed 6 minutes after it was sent; an earlier "not found" proves
 * nothing.
 */
const SETTLED_MS = 6 * MINUTE;
const NEXT_LOOKUP_MS = 5 * MINUTE;
const GIVE_UP_MS = 24 * HOUR;
/** Facebook's own limit on the length of a post. */
export const MAX_MESSAGE = 63_206;

/** Pause before the next attempt after `attempt` attempts: 1, 2, 4 … at most 30 minutes. */
export function retryPause(attempt: number, atLeast = 0): number {
  return Math.max(atLeast, Math.min(30 * MINUTE, MINUTE * 2 ** Math.max(0, attempt - 1)));
}

/** Pause after the `k`-th lookup: 5, 10, 20, 40, then 60 minutes. */
export function lookupPause(k: number): number {
  return Math.min(HOUR, NEXT_LOOKUP_MS * 2 ** Math.max(0, k - 1));
}

/** The form in which a message is stored, sent and compared. */
export function cleanMessage(text: string): string {
  return composed(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

/** Equal except for white space, which Facebook normalises. */
export function sameText(a: string, b: string): boolean {
  const even = (text: string) => composed(text).replace(/\s+/gu, ' ').trim();
  return even(a) === even(b);
}

/** The part of an attempt that decisions need, see PostAttempt. */
export interface Try {
  n: number;
  kind: 'publish' | 'lookup';
  startedAt: Instant;
  /** Null while it runs, or when its worker died. */
  finishedAt: Instant | null;
  outcome: string | null;
}

const LOOKUPS_PER_TRY = 1000;

/** Number of the `k`-th lookup after attempt `attempt`. */
export function lookupNumber(attempt: number, k: number): number {
  return attempt * LOOKUPS_PER_TRY + k;
}

export function lookupsOf<T extends Try>(attempt: number, history: readonly T[]): T[] {
  return history.filter((one) => one.kind === 'lookup' && Math.floor(one.n / LOOKUPS_PER_TRY) === attempt);
}

/** Outcome of an attempt that another copy of the installation may have made; only the page shows what it did. */
export const RESTORED = 'restored';

/** Attempts that may have published the post without a confirmed outcome. */
export function openTries<T extends Try>(history: readonly T[]): T[] {
  const open: (string | null)[] = [null, 'unknown', RESTORED];
  return history.filter((one) => one.kind === 'publish' && open.includes(one.outcome));
}

/** After this moment the attempt sent nothing to the page. */
function sentBefore({ startedAt, finishedAt }: Try): Instant {
  return finishedAt ?? startedAt + SEND_WITHIN_MS + CALL_MS;
}

/** From when on an entry on the page can be this post. */
export function lookFrom(history: readonly Try[], otherwise: Instant): Instant {
  const open = openTries(history).map((one) => one.startedAt);
  return Math.min(...(open.length ? open : [otherwise])) - SKEW_MS;
}

/** The oldest entry that can be this post: same text, young enough, and not known to be another post. */
export function matching(
  message: string,
  from: Instant,
  entries: readonly FeedEntry[],
  taken: ReadonlySet<string>,
): FeedEntry | null {
  const fits = (one: FeedEntry) =>
    one.createdAt >= from && !taken.has(one.externalId) && !taken.has(one.permalink) && sameText(one.message, message);
  return entries.filter(fits).sort((a, b) => a.createdAt - b.createdAt)[0] ?? null;
}

export type LookupVerdict =
  | { to: 'published'; entry: FeedEntry }
  /** Proven absent: one new attempt. */
  | { to: 'scheduled' }
  /** `next` is null when the machine has given up and a person decides. */
  | { to: 'unknown'; next: Instant | null; outcome: 'failed' | 'not-found'; reason: string };

/**
 * The verdict of a lookup of attempt `attempt` that was started at `now`; a worker may have slept since, and the result
 * describes the page at `now` only. `history` holds everything before it. A post is sent again only when two lookups
 * did not find it, the second well after the sending, and only if no more than one attempt is in doubt; otherwise
 * lookups continue for a day, then a person decides. A post that another copy of the installation may have sent is
 * never sent again by the machine.
 */
export function judge(
  attempt: number,
  history: readonly Try[],
  found: LookupOutcome,
  entry: FeedEntry | null,
  now: Instant,
): LookupVerdict {
  if (entry) return { to: 'published', entry };
  const before = lookupsOf(attempt, history);
  const publishes = history.filter((one) => one.kind === 'publish');
  const last = publishes.reduce<Try | null>((a, b) => (a && a.n > b.n ? a : b), null);
  const began = Math.min(...publishes.map((one) => one.startedAt), now);
  const next = now - began > GIVE_UP_MS ? null : now + lookupPause(before.length + 1);
  if (found.kind === 'failed') return { to: 'unknown', next, outcome: 'failed', reason: found.reason };
  const misses = before.filter((one) => one.outcome === 'not-found').length + 1;
  const open = openTries(history);
  const settled = last !== null && now - sentBefore(last) >= SETTLED_MS;
  if (misses >= 2 && settled && last?.outcome === RESTORED) {
    const reason =
      'Không thấy bài trên trang. Bài đến giờ đăng khi hệ thống chưa kích hoạt nên không tự đăng. Xin xem còn đúng lúc không, rồi bấm đăng lại, hoặc dán đường dẫn nếu đã đăng.';
    return { to: 'unknown', next: null, outcome: 'not-found', reason };
  }
  if (misses >= 2 && settled && open.length === 1 && open[0] === last) return { to: 'scheduled' };
  const wait = misses < 2 || !settled ? now + NEXT_LOOKUP_MS : next;
  const twice = open.length > 1 || open[0] !== last;
  const reason = twice
    ? 'Đã gửi hai lần mà chưa thấy bài trên trang. Xin mở trang xem, rồi dán đường dẫn hoặc bấm đăng lại.'
    : 'Chưa thấy bài trên trang, hệ thống sẽ tìm lại.';
  return { to: 'unknown', next: wait, outcome: 'not-found', reason };
}
