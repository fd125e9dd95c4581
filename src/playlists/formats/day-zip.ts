import type { ReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { slug } from '../../shared/fold.js';
import { extinf } from './extinf.js';
import { plainLine } from './plain-line.js';
import type { PlaylistDocument, PlaylistItem } from './playlist-document.js';

/** A file in the archive of a day: a text, or a clip by its hash. */
export type DayFile = { name: string; text: string } | { name: string; sha256: string };

const sheetHead = ['STT', 'Giờ', 'Dài', 'Bài', 'Tệp', 'Đã phát (ghi giờ) hoặc lý do không phát'].join('\t');

/**
 * The files that an operator without a network carries to the loudspeakers: each clip once, a list that any player
 * opens, and the day as a table of tab-separated lines. File names are plain ASCII letters, because old players and
 * memory sticks support no others.
 */
export function dayFiles(day: PlaylistDocument): DayFile[] {
  const names = clipNames(day.items);
  /** A relay is an address and a live item a text: neither is a file. */
  const nameOf = (item: PlaylistItem) =>
    item.kind === 'clip' ? (names.get(item.sha256) ?? '') : item.kind === 'relay' ? item.streamUrl : 'phát trực tiếp';
  const list = ['#EXTM3U'];
  const sheet = [`${day.channel.name}, ${day.date}, phiên bản ${day.version}`, sheetHead];
  day.items.forEach((item, n) => {
    const title = plainLine(item.title);
    list.push(`# ${item.localTime} ${plainLine(item.campaign || item.title)}`);
    if (item.kind === 'live') list.push(`# phát trực tiếp: ${title}`);
    else list.push(extinf(day.channel.name, item), plainLine(nameOf(item)));
    const seconds = Math.round(item.durationMs / 1000);
    const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    sheet.push([n + 1, item.localTime, length, titleWithWords(item, title), nameOf(item), ''].join('\t'));
  });
  return [
    { name: `${day.channel.code}-${day.date}.m3u8`, text: `${list.join('\n')}\n` },
    // The byte order mark tells an old Windows that the text is Vietnamese.
    { name: 'lich-phat.txt', text: `\ufeff${sheet.join('\r\n')}\r\n` },
    ...[...names].map(([sha256, name]) => ({ name, sha256 })),
  ];
}

/** The words of a station ident follow its name, so that a presenter whose audio fails reads them out. */
function titleWithWords(item: PlaylistItem, title: string): string {
  const words = item.kind === 'clip' && item.words ? `: “${plainLine(item.words)}”` : '';
  return `${title}${words}`.replaceAll('\t', ' ');
}

/**
 * The archive as a stream; audio is stored uncompressed. `open` is called for a clip only when the stream reaches it.
 */
export function zipOf(files: readonly DayFile[], mtime: Date, open: (sha256: string) => Promise<Readable>): Readable {
  const zip = new ZipFile();
  for (const file of files) {
    if ('text' in file) zip.addBuffer(Buffer.from(file.text), file.name, { mtime });
    else {
      zip.addReadStreamLazy(file.name, { mtime, compress: false }, (give) => {
        open(file.sha256).then(
          (stream) => give(null, stream as ReadStream),
          (error: unknown) => give(error, undefined as never),
        );
      });
    }
  }
  zip.end();
  // An error in the middle ends the download instead of the process.
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  return out;
}

/** 'diet-bo-gay-3f9a0c.mp3': the title for people, the hash to distinguish two clips of one title. */
function clipNames(items: readonly PlaylistItem[]): Map<string, string> {
  return new Map(
    items
      .filter((item) => item.kind === 'clip')
      .map(({ sha256, title }) => {
        const words = slug(title).slice(0, 48).replace(/-+$/, '') || 'ban-thu';
        return [sha256, `${words}-${sha256.slice(0, 6)}.mp3`];
      }),
  );
}
