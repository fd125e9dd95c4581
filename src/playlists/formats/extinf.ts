import { plainLine } from './plain-line.js';

/**
 * The line before an item of an extended M3U: whole seconds, the channel, the title. VLC takes the text before the first
 * ` - ` for the performer and cuts a line without one at its first comma; mpv shows the whole line.
 */
export function extinf(channel: string, { durationMs, title }: { durationMs: number; title: string }): string {
  const performer = plainLine(channel).replace(/ -(?= |$)/g, ' –');
  return `#EXTINF:${Math.round(durationMs / 1000)},${performer} - ${plainLine(title)}`;
}
