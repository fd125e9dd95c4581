import { create } from 'xmlbuilder2';
import { showHidden } from '../shared/clean-text.js';
import type { Instant } from '../shared/clock.js';
import type { Feed } from './feed.js';
import { xmlLiteral } from '../playlists/formats/xml-literal.js';

const ATOM = 'http://www.w3.org/2005/Atom';

/** RSS 2.0 (rssboard.org/rss-specification) with one enclosure per clip; the same feed gives the same text. */
export function rss(feed: Feed): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('rss', { version: '2.0' });
  root.att('http://www.w3.org/2000/xmlns/', 'xmlns:atom', ATOM);
  const channel = root.ele('channel');
  channel.ele('title').txt(xmlLiteral(line(feed.title)));
  channel.ele('link').txt(xmlLiteral(feed.homeUrl));
  channel.ele('description').txt(xmlLiteral(line(feed.description)));
  channel.ele('language').txt('vi');
  channel.ele(ATOM, 'atom:link', { href: xmlLiteral(feed.rssUrl), rel: 'self', type: 'application/rss+xml' });
  const newest = feed.items[0];
  if (newest) channel.ele('lastBuildDate').txt(rfc822(newest.publishedAt));
  for (const { id, title, text, publishedAt, audio } of feed.items) {
    const item = channel.ele('item');
    item.ele('title').txt(xmlLiteral(line(title)));
    item.ele('description').txt(xmlLiteral(html(text)));
    item.ele('guid', { isPermaLink: 'false' }).txt(xmlLiteral(id));
    item.ele('pubDate').txt(rfc822(publishedAt));
    if (audio) item.ele('enclosure', { url: xmlLiteral(audio.url), length: String(audio.bytes), type: 'audio/mpeg' });
  }
  return root.end({ prettyPrint: true });
}

/** XML 1.0 cannot hold control characters or unpaired surrogates (section 2.2): they are written out. */
export function rssText(text: string): string {
  return showHidden(text);
}

/** Readers interpret a description as HTML (rssboard.org/rss-profile), so plain text is escaped as HTML. */
export function html(text: string): string {
  const safe = rssText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const paragraphs = safe.split(/\n\s*\n/).map((one) => one.trim());
  return paragraphs.map((one) => (one ? `<p>${one.replaceAll('\n', '<br>')}</p>` : '')).join('');
}

function line(text: string): string {
  return rssText(text.replace(/\s+/gu, ' ')).trim();
}

/** 'Tue, 24 Nov 2026 01:00:00 GMT' (RFC 822 as RSS uses it: four digits for the year). */
function rfc822(at: Instant): string {
  return new Date(at).toUTCString();
}
