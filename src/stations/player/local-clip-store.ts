import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface WantedClip {
  sha256: string;
  bytes: number;
}

/** A download that does not match the playlist: cut short, too long, or changed on the way. */
export class WrongBytes extends Error {}

/**
 * The clips of a station: `<sha256>.mp3`, complete and checked or not there at all. A download is written under a
 * temporary name and renamed only when its length and hash are those of the playlist.
 */
export class LocalClipStore {
  /** Two playlists of one evening often need the same clip; it is fetched once. */
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(private readonly dir: string) {}

  fileOf(sha256: string): string {
    return join(this.dir, `${sha256}.mp3`);
  }

  /** Makes the folder; deletes partial files of a player that was killed. */
  async open(): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    for (const name of await readdir(this.dir)) {
      if (name.endsWith('.part')) await rm(join(this.dir, name), { force: true });
    }
  }

  async has(clip: WantedClip): Promise<boolean> {
    const seen = await stat(this.fileOf(clip.sha256)).catch(() => undefined);
    return seen?.isFile() === true && seen.size === clip.bytes;
  }

  /** Reads the whole file: disks of old computers lose data. A spoiled file is deleted, so that it is fetched again. */
  async verify(clip: WantedClip): Promise<boolean> {
    if (!(await this.has(clip))) return false;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.fileOf(clip.sha256)) as AsyncIterable<Buffer>) hash.update(chunk);
    if (hash.digest('hex') === clip.sha256) return true;
    await rm(this.fileOf(clip.sha256), { force: true });
    return false;
  }

  /** True when it was downloaded, false when it was present. Throws `WrongBytes` and whatever `source` throws. */
  async fetch(clip: WantedClip, source: () => Promise<AsyncIterable<Uint8Array>>): Promise<boolean> {
    if (await this.has(clip)) return false;
    const busy = this.underWay.get(clip.sha256);
    if (busy) {
      await busy;
      return false;
    }
    const work = this.download(clip, source).finally(() => this.underWay.delete(clip.sha256));
    this.underWay.set(clip.sha256, work);
    await work;
    return true;
  }

  private async download(clip: WantedClip, source: () => Promise<AsyncIterable<Uint8Array>>): Promise<void> {
    const temporary = join(this.dir, `${clip.sha256}.${randomBytes(6).toString('hex')}.part`);
    const file = await open(temporary, 'wx');
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of await source()) {
        bytes += chunk.length;
        // A wrong answer without an end must not fill the disk.
        if (bytes > clip.bytes) throw new WrongBytes(`more than ${clip.bytes} bytes`);
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      if (bytes < clip.bytes) throw new WrongBytes(`${bytes} of ${clip.bytes} bytes`);
      if (hash.digest('hex') !== clip.sha256) throw new WrongBytes('another content');
      await file.datasync();
      await file.close();
      await rename(temporary, this.fileOf(clip.sha256));
    } finally {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
    }
  }
}
