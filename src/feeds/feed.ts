import type { Instant } from '../shared/clock.js';

/** The content of a ward's feed, independent of its format. Addresses are paths, or absolute after `feedAt`. */
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

/** The feed for a reader who reaches this server at `base`; '' leaves paths, which readers resolve themselves. */
export function feedAt(base: string, feed: Feed): Feed {
  const at = (path: string) => base + path;
  return {
    ...feed,
    homeUrl: at(feed.homeUrl),
    rssUrl: at(feed.rssUrl),
    jsonUrl: at(feed.jsonUrl),
    items: feed.items.map(({ audio, ...item }) =>
      audio ? { ...item, audio: { ...audio, url: at(audio.url) } } : item,
    ),
  };
}
