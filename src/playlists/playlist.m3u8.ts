import { plainLine } from './plain-line.js';
import type { PlaylistDocument } from './playlist.builder.js';

/**
 * The extended M3U that VLC, mpv and foobar2000 read, in UTF-8. It has no HLS tag on purpose: players take a list with one
 * for a live stream. Times stand in comments, which players skip and people read.
 */
export function m3u8(title: string, { items, version }: PlaylistDocument, base: string): string {
  const lines = ['#EXTM3U', `#PLAYLIST:${plainLine(title)}`, `# phiên bản ${version}`];
  for (const item of items) {
    lines.push(`# ${item.localTime} ${plainLine(item.campaign)}`);
    lines.push(`#EXTINF:${(item.durationMs / 1000).toFixed(3)},${plainLine(item.title)}`);
    lines.push(base + item.url);
  }
  return `${lines.join('\n')}\n`;
}
