import { extinf } from './extinf.js';
import { plainLine } from './plain-line.js';
import { showStart } from '../../schedule/slots/start-rule.js';
import type { PlaylistDocument, PlaylistItem } from './playlist-document.js';

/**
 * The extended M3U that VLC, mpv and foobar2000 read, in UTF-8. It has no HLS tag on purpose: players take a list with
 * one for a live stream. Times are comments, which players skip and people read; so are live items, which no player can
 * play.
 */
export function m3u8(title: string, { channel, items, version }: PlaylistDocument, base: string): string {
  const lines = ['#EXTM3U', `#PLAYLIST:${plainLine(title)}`, `# phiên bản ${version}`];
  for (const item of items) {
    lines.push(plainLine(`# ${item.localTime} ${item.campaign || item.title}${howItStarts(item)}`));
    if (item.kind === 'clip' && item.words) lines.push(plainLine(`# “${item.words}”`));
    if (item.kind === 'live') {
      lines.push(`# TRỰC TIẾP ${Math.round(item.durationMs / 1000)} giây: ${plainLine(item.title)}`);
      continue;
    }
    lines.push(extinf(channel.name, item));
    lines.push(item.kind === 'relay' ? plainLine(item.streamUrl) : base + item.url);
  }
  return `${lines.join('\n')}\n`;
}

/** Most items wait for the running one; the others say how they start. */
function howItStarts({ start }: PlaylistItem): string {
  return start.rule === 'wait' ? '' : ` (${showStart(start)})`;
}
