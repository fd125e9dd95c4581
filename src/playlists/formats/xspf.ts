import { create } from 'xmlbuilder2';
import { plainLine } from './plain-line.js';
import type { PlaylistDocument } from './playlist-document.js';
import { xmlLiteral } from './xml-literal.js';

/** XSPF version 1 (xspf.org/spec). The start of each track is a `meta`, since the format has an order but no times. */
export function xspf(title: string, { channel, items, version }: PlaylistDocument, base: string): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('http://xspf.org/ns/0/', 'playlist', { version: '1' });
  root.ele('title').txt(line(title));
  root.ele('creator').txt(line(channel.name));
  root.ele('meta', { rel: 'urn:loa:version' }).txt(String(version));
  const list = root.ele('trackList');
  for (const item of items) {
    const track = list.ele('track');
    // A live item is a track without a location: XSPF lets a player skip it.
    if (item.kind !== 'live')
      track.ele('location').txt(xmlLiteral(item.kind === 'relay' ? item.streamUrl : base + item.url));
    track.ele('identifier').txt(`urn:uuid:${item.slotId}`);
    track.ele('title').txt(line(item.title));
    track.ele('creator').txt(line(item.campaign));
    if (item.kind === 'clip' && item.words) track.ele('annotation').txt(line(item.words));
    track.ele('duration').txt(String(item.durationMs));
    track.ele('meta', { rel: 'urn:loa:starts-at' }).txt(item.startsAt);
    if (item.kind === 'clip') track.ele('meta', { rel: 'urn:loa:sha256' }).txt(item.sha256);
    else track.ele('meta', { rel: 'urn:loa:kind' }).txt(item.kind);
    const { start } = item;
    if (start.rule !== 'wait') track.ele('meta', { rel: 'urn:loa:start' }).txt(start.rule);
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function line(text: string): string {
  return xmlLiteral(plainLine(text));
}
