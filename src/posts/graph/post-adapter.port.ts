import type { Instant } from '../../shared/clock.js';

export const postAdapterNames = ['manual', 'graph'] as const;
export type PostAdapterName = (typeof postAdapterNames)[number];

/** The result of one attempt to publish. Every `reason` is Vietnamese, for the page admin, and holds no secret. */
export type PublishOutcome =
  | { kind: 'published'; externalId: string; permalink: string }
  /**
   * A definite refusal. `duplicate`: because the page has this text already, perhaps from an earlier attempt of ours.
   */
  | { kind: 'refused'; reason: string; duplicate?: true }
  /** Certainly not published, and nothing else will be until a person repairs the page or its token. */
  | { kind: 'page-closed'; reason: string }
  /** Certainly not published, and worth another attempt; not before `retryAfterMs`. */
  | { kind: 'not-sent'; reason: string; retryAfterMs?: number }
  /** It may be published: no answer, half an answer, or an unclear one. */
  | { kind: 'unknown'; reason: string };

/** One entry of the page itself, not of its visitors. */
export interface FeedEntry {
  externalId: string;
  message: string;
  createdAt: Instant;
  permalink: string;
}

export type LookupOutcome =
  | { kind: 'entries'; entries: FeedEntry[] }
  /** Nothing can be concluded. */
  | { kind: 'failed'; reason: string };

/** The connection to the fanpage. Both calls always resolve: every failure is an outcome. */
export abstract class PostAdapter {
  /** False until the page and its token are set. */
  abstract ready(): boolean;
  /** Calls `mayGo` once connected, right before the first byte; when it returns false the outcome is `not-sent`. */
  abstract publish(message: string, signal: AbortSignal, mayGo?: () => boolean): Promise<PublishOutcome>;
  /** Everything that the page itself has published since `since`. */
  abstract lookUp(since: Instant, signal: AbortSignal): Promise<LookupOutcome>;
}
