import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { anchorOfPlaylist } from './anchor-note.js';
import { isLocalDate, isLocalTime, type LocalDate } from '../../shared/local-time.js';

const instant = z.iso.datetime();
const time = z.string().refine(isLocalTime);
const anyItem = {
  slotId: z.string().min(1).max(36),
  startsAt: instant,
  endsAt: instant,
  durationMs: z.int().min(1),
  title: z.string(),
  /** The start rule; the default waits a minute for the running item. */
  start: z
    .union([
      z.object({ rule: z.literal('wait'), seconds: z.int().min(0) }),
      z.object({ rule: z.enum(['cut', 'next']) }),
    ])
    .optional(),
  /**
   * Who ordered an emergency: it plays outside the permitted hours too. Believed only where the signature was checked.
   */
  authorisedBy: z.string().min(1).optional(),
};
const clipItem = z.object({
  ...anyItem,
  kind: z.literal('clip').default('clip'),
  // Becomes a file name, so only a hash is accepted.
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1),
});
/** A relay, a live item, or a kind that a later centre may add: the player knows of it and leaves it to a person. */
const otherItem = z.object({ ...anyItem, kind: z.string().refine((kind) => kind !== 'clip') });
/** The fields of the playlist that a player needs; it may have more. */
const playlist = z.object({
  date: z.string().refine(isLocalDate),
  version: z.int(),
  zone: z.string(),
  permitted: z.array(z.object({ from: time, until: time })),
  items: z.array(z.union([clipItem, otherItem])),
  /** Believed only where the signature was checked. */
  audit: anchorOfPlaylist.optional().catch(undefined),
});
export type StationPlaylist = z.infer<typeof playlist>;
/** An item that the player plays by itself. */
export type StationPlaylistItem = z.infer<typeof clipItem>;

/** The clips of a day. */
export function clipsOf({ items }: StationPlaylist): StationPlaylistItem[] {
  return items.filter((item): item is StationPlaylistItem => item.kind === 'clip');
}

/** A playlist that must not be played: not signed by the centre, of another day, or not a playlist. */
export class WrongPlaylist extends Error {}

interface Kept {
  etag: string;
  signature: string | null;
  body: string;
}

/** The playlists of a station, each with its signature, which is checked again whenever the playlist is read. */
export class LocalPlaylistStore {
  private readonly key: KeyObject | null;

  /** Without a public key (PEM) nothing is checked: for a station on a trusted network. */
  constructor(
    private readonly dir: string,
    publicKey?: string,
  ) {
    this.key = publicKey ? createPublicKey(publicKey) : null;
  }

  /** Null when there is none. Throws `WrongPlaylist` when the file was changed on this machine. */
  async held(date: LocalDate): Promise<{ playlist: StationPlaylist; etag: string } | null> {
    const kept = await this.read(date);
    return kept && { playlist: this.check(date, Buffer.from(kept.body, 'utf8'), kept.signature), etag: kept.etag };
  }

  /** Stores the centre's playlist if it is valid; otherwise the previous one stays. Throws `WrongPlaylist`. */
  async keep(date: LocalDate, body: Buffer, etag: string, signature: string | null): Promise<StationPlaylist> {
    const checked = this.check(date, body, signature);
    await mkdir(this.dir, { recursive: true });
    const temporary = `${this.fileOf(date)}.part`;
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(JSON.stringify({ etag, signature, body: body.toString('utf8') } satisfies Kept));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.fileOf(date));
    return checked;
  }

  private check(date: LocalDate, body: Buffer, signature: string | null): StationPlaylist {
    if (this.key && !this.signed(this.key, body, signature)) throw new WrongPlaylist('not signed by the centre');
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      throw new WrongPlaylist('not a playlist');
    }
    const parsed = playlist.safeParse(value);
    if (!parsed.success) throw new WrongPlaylist(`not a playlist: ${parsed.error.issues[0]?.path.join('.')}`);
    if (parsed.data.date !== date) throw new WrongPlaylist(`the playlist of ${parsed.data.date}`);
    if (!this.key) {
      delete parsed.data.audit;
      for (const one of parsed.data.items) delete one.authorisedBy;
    }
    return parsed.data;
  }

  private signed(key: KeyObject, body: Buffer, signature: string | null): boolean {
    if (!signature) return false;
    return verify(null, body, key, Buffer.from(signature, 'base64'));
  }

  private async read(date: LocalDate): Promise<Kept | null> {
    try {
      return JSON.parse(await readFile(this.fileOf(date), 'utf8')) as Kept;
    } catch (error) {
      // A file spoiled by the disk counts as absent: the next pull brings it again.
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  private fileOf(date: LocalDate): string {
    if (!isLocalDate(date)) throw new WrongPlaylist('not a date');
    return join(this.dir, `${date}.json`);
  }
}
