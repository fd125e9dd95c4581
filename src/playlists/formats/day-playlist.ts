import type { LocalDate } from '../../shared/local-time.js';

export const playlistFormats = ['json', 'm3u8', 'xspf'] as const;
export type PlaylistFormat = (typeof playlistFormats)[number];

/** One published playlist as bytes, in every format. */
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
  ) {}

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
