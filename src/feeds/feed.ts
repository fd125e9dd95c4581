import type { Instant } from '../shared/clock.js';

/** The content of a ward's feed, independent of its format. Addresses are absolute. */
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
  /** Unchanged for as long as the item is in any feed. */
  id: string;
  title: string;
  text: string;
  publishedAt: Instant;
  audio?: { url: string; bytes: number; durationMs: number };
}
