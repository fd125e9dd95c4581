import type { Instant } from '../shared/clock.js';

/** What a ward's website takes: all that feeds say, in no format yet. Addresses are absolute. */
export interface Feed {
  title: string;
  description: string;
  author: string;
  homeUrl: string;
  rssUrl: string;
  jsonUrl: string;
  /** Newest first. */
  items: FeedItem[];
}

export interface FeedItem {
  /** Stays the same for as long as the item is in any feed. */
  id: string;
  title: string;
  text: string;
  publishedAt: Instant;
  audio?: { url: string; bytes: number; durationMs: number };
}
