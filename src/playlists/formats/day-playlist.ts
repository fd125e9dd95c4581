import { sha256 } from '../../shared/ids.js';
import type { LocalDate } from '../../shared/local-time.js';

export const playlistFormats = ['json', 'm3u8', 'xspf'] as const;
export type PlaylistFormat = (typeof playlistFormats)[number];

/** One published playlist as bytes, in every format; clips are named by paths (`/api/clips/…`). */
export class DayPlaylist {
  constructor(
    readonly channelCode: string,
    readonly date: LocalDate,
    /** 0 for a day on which nothing has ever been planned. */
    readonly version: number,
    readonly items: number,
    /** Strong, with its quotes. */
    readonly etag: string,
    readonly bytes: Readonly<Record<PlaylistFormat, Buffer>>,
    /** Base64 of the Ed25519 signature over `bytes.json`. */
    readonly signature: string,
    /** '' for the whole day; '-0500' for a session, in the name of its file. */
    readonly part = '',
  ) {}

  /**
   * The bytes for a person who reaches this server at `base`, and their entity tag: a player that opens a saved list
   * needs whole addresses. The JSON has paths only; its bytes are signed and the same for everybody.
   */
  sentTo(base: string, format: PlaylistFormat): { body: Buffer; etag: string } {
    if (format === 'json') return { body: this.bytes.json, etag: this.etag };
    // No other line of an M3U begins with a slash, and text in XML has no `<`.
    const start = format === 'm3u8' ? /^(?=\/api\/clips\/)/gm : /(?<=<location>)(?=\/api\/clips\/)/g;
    const body = Buffer.from(this.bytes[format].toString('utf8').replace(start, () => base));
    return { body, etag: `"${sha256(body)}"` };
  }

  get json(): string {
    return this.bytes.json.toString('utf8');
  }

  get m3u8(): string {
    return this.bytes.m3u8.toString('utf8');
  }

  get xspf(): string {
    return this.bytes.xspf.toString('utf8');
  }
}
