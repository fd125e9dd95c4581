import type { Instant } from '../../shared/clock.js';

export const postAdapterNames = ['manual', 'graph'] as const;
export type PostAdapterName = (typeof postAdapterNames)[number];

/** What is known after one try to publish. Every `reason` is Vietnamese, for the page admin, and holds no secret. */
export type PublishOutcome =
  | { kind: 'published'; externalId: string; permalink: string }
  /** A definite no. `duplicate`: because the page has this text already, perhaps from an earlier try of ours. */
  | { kind: 'refused'; reason: string; duplicate?: true }
  /** Surely not out, and nothing else will go out either until a person mends the page or its key. */
  | { kind: 'page-closed'; reason: string }
  /** Surely not out, and worth another try; not before `retryAfterMs`. */
  | { kind: 'not-sent'; reason: string; retryAfterMs?: number }
  /** It may be out: no answer, half an answer, or one that says nothing. */
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

/** The way to the fanpage. Both calls always resolve: whatever happens is an outcome. */
export abstract class PostAdapter {
  /** False until the page and its key are set. */
  abstract ready(): boolean;
  /** `mayGo` is asked when the connection stands, right before the first byte; when it says no the outcome is `not-sent`. */
  abstract publish(message: string, signal: AbortSignal, mayGo?: () => boolean): Promise<PublishOutcome>;
  /** What the page itself has published since `since`, all of it. */
  abstract lookUp(since: Instant, signal: AbortSignal): Promise<LookupOutcome>;
}
