import { sha256 } from '../../shared/ids.js';
import { type LocalTime, showDate } from '../../shared/local-time.js';
import { DayPlaylist } from './day-playlist.js';
import { m3u8 } from './m3u8.js';
import type { PlaylistDocument } from './playlist-document.js';
import { xspf } from './xspf.js';

/**
 * The part of a day that begins from `from` to before `until` on the clocks of the channel, as a list for a plain
 * player; `until` before `from` passes midnight. The JSON stays that of the whole day: only it is signed.
 */
export function sessionPart(
  playlist: DayPlaylist,
  { from, until }: { from: LocalTime; until: LocalTime },
  base: string,
): DayPlaylist {
  const day = JSON.parse(playlist.json) as PlaylistDocument;
  const isInside = (time: string) => (from <= until ? from <= time && time < until : from <= time || time < until);
  const document = { ...day, items: day.items.filter(({ localTime }) => isInside(localTime)) };
  const title = `${day.channel.name}, ${showDate(day.date)}, ${from}–${until}`;
  const bytes = {
    json: playlist.bytes.json,
    m3u8: Buffer.from(m3u8(title, document, base)),
    xspf: Buffer.from(xspf(title, document, base)),
  };
  const etag = `"${sha256(`${playlist.etag} ${from} ${until}`)}"`;
  const { channelCode, date, version, signature } = playlist;
  return new DayPlaylist(
    channelCode,
    date,
    version,
    document.items.length,
    etag,
    bytes,
    signature,
    `-${from.replace(':', '')}`,
  );
}
