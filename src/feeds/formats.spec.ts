import fc from 'fast-check';
import type { Feed, FeedItem } from './feed.js';
import { jsonFeed } from './json-feed.js';
import { html, rss, rssText } from './rss.js';

const at = Date.UTC(2026, 10, 24, 1);
const audio = { url: 'https://loa.example.vn/feeds/clips/ab.mp3?a=1&b=2', bytes: 12_345, durationMs: 61_400 };
const item: FeedItem = { id: 'urn:uuid:1', title: 'Cài đặt Bluezone', text: 'Xin chào.', publishedAt: at, audio };
const feed = (items: FeedItem[]): Feed => ({
  title: 'Bản tin Phường Bắc Hà',
  description: 'Đã phát',
  author: 'Phường Bắc Hà',
  homeUrl: 'https://loa.example.vn/',
  rssUrl: 'https://loa.example.vn/feeds/x/rss.xml',
  jsonUrl: 'https://loa.example.vn/feeds/x/feed.json',
  items,
});

/** The texts between the tags, with XML entities decoded. */
function read(xml: string, tag: string): string[] {
  const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
  const decode = (text: string) => text.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '?');
  return [...xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`, 'g'))].map((found) =>
    decode(found[1] ?? ''),
  );
}

describe('RSS', () => {
  it('says everything once, where a reader looks for it', () => {
    expect(rss(feed([item])).split('\n')).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
      '  <channel>',
      '    <title>Bản tin Phường Bắc Hà</title>',
      '    <link>https://loa.example.vn/</link>',
      '    <description>Đã phát</description>',
      '    <language>vi</language>',
      '    <atom:link href="https://loa.example.vn/feeds/x/rss.xml" rel="self" type="application/rss+xml"/>',
      '    <lastBuildDate>Tue, 24 Nov 2026 01:00:00 GMT</lastBuildDate>',
      '    <item>',
      '      <title>Cài đặt Bluezone</title>',
      '      <description>&lt;p&gt;Xin chào.&lt;/p&gt;</description>',
      '      <guid isPermaLink="false">urn:uuid:1</guid>',
      '      <pubDate>Tue, 24 Nov 2026 01:00:00 GMT</pubDate>',
      '      <enclosure url="https://loa.example.vn/feeds/clips/ab.mp3?a=1&amp;b=2" length="12345" type="audio/mpeg"/>',
      '    </item>',
      '  </channel>',
      '</rss>',
    ]);
    expect(rss(feed([]))).not.toContain('<item>');
  });

  it('stays valid whatever a title and a text hold', () => {
    const nasty = fc.constantFrom(
      ']]>',
      '<script>',
      '&amp;',
      '&#0;',
      '&nbsp;',
      '\u0000',
      '\u0008',
      '\u001f',
      '\ud800',
      '\uffff',
      '📣',
      '--',
      '<?',
      '"',
      "'",
      '\r\n',
    );
    const anything = fc
      .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(anything, anything, (title, text) => {
        const xml = rss(feed([{ ...item, title: `a${title}`, text: `a${text}` }]));
        expect(xml).toBe(rssText(xml));
        expect(xml).not.toMatch(/&(?!(lt|gt|amp|quot);)|]]>/);
        // Only the feed's own markup; a title adds none.
        expect(xml.match(/<[^>]*>/g)).toEqual(rss(feed([{ ...item, title: 'a', text: 'a' }])).match(/<[^>]*>/g));
        expect(read(xml, 'title')[1]).toBe(rssText(`a${title}`.replace(/\s+/gu, ' ')).trim());
        expect(read(xml, 'description')[1]).toBe(html(`a${text}`));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what XML can hold, to the letter', () => {
    const text = 'Giá < 5 & > 3 ]]> "ngoặc" 📣\nDòng hai';
    const xml = rss(feed([{ ...item, text, title: ' Hai\n dòng\u0007 &amp; ' }]));
    expect(read(xml, 'title')[1]).toBe('Hai dòng[U+0007] &amp;');
    const shown = '<p>Giá &lt; 5 &amp; &gt; 3 ]]&gt; "ngoặc" 📣<br>Dòng hai</p>';
    expect(read(xml, 'description')[1]).toBe(shown);
    expect(html('Một &amp;\n\nhai\n')).toBe('<p>Một &amp;amp;</p><p>hai</p>');
    expect(rssText('a\u0000b\ud83dc\ufffed📣\r\n')).toBe('a[U+0000]b[U+D83D]c[U+FFFE]d📣\n');
  });
});

describe('JSON Feed', () => {
  it('says the same', () => {
    const text: FeedItem = { id: 'urn:uuid:2', title: 'Tin', text: 'Chữ', publishedAt: at };
    expect(jsonFeed(feed([item, text]))).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: 'https://loa.example.vn/feeds/x/feed.json',
      items: [
        {
          id: 'urn:uuid:1',
          title: 'Cài đặt Bluezone',
          content_text: 'Xin chào.',
          date_published: '2026-11-24T01:00:00.000Z',
          attachments: [{ url: audio.url, mime_type: 'audio/mpeg', size_in_bytes: 12_345, duration_in_seconds: 61 }],
        },
        { id: 'urn:uuid:2' },
      ],
    });
    expect(jsonFeed(feed([text])).items[0]).not.toHaveProperty('attachments');
  });
});
