import type { Feed } from './feed.js';

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export function jsonFeed(feed: Feed) {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: feed.jsonUrl,
    description: feed.description,
    language: 'vi',
    authors: [{ name: feed.author }],
    items: feed.items.map(({ id, title, text, publishedAt, audio }) => ({
      id,
      title,
      content_text: text,
      date_published: new Date(publishedAt).toISOString(),
      ...(audio ? { attachments: [attachment(audio)] } : {}),
    })),
  };
}

function attachment({ url, bytes, durationMs }: { url: string; bytes: number; durationMs: number }) {
  const duration = Math.round(durationMs / 1000);
  return { url, mime_type: 'audio/mpeg', size_in_bytes: bytes, duration_in_seconds: duration };
}
