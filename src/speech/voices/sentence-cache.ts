import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashOf } from '../../shared/ids.js';
import { trimFolders } from './trim-folders.js';
import { encodeWav, parseWav, type Pcm } from './sound/wav.js';

/** Everything on which the sound of a sentence depends. */
export interface SentenceKey {
  readonly engine: string;
  readonly edition: string;
  readonly voice: string;
  readonly rate: number;
  readonly text: string;
}

let temporary = 0;

/**
 * Sentences already read, one WAV each under `folder`, named by the hash of their key and holding a digest of their sound.
 * Two writers of one key write the same thing, each under a name of its own, then rename: a reader never sees half a file.
 */
export class SentenceCache {
  constructor(private readonly folder: string) {}

  fileOf(key: SentenceKey): string {
    const name = hashOf({ ...key, text: key.text.normalize('NFC') });
    return join(this.folder, name.slice(0, 2), `${name}.wav`);
  }

  /** The sound, or undefined when it is not there or is damaged; a damaged file is removed. */
  async get(key: SentenceKey): Promise<Pcm | undefined> {
    const file = this.fileOf(key);
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch {
      return undefined;
    }
    try {
      const pcm = parseWav(bytes);
      // Without its digest a file is not one of ours, or was cut just before it.
      if (bytes.subarray(-40, -36).toString('latin1') !== 'loa ') throw new Error('no digest');
      return pcm;
    } catch {
      await rm(file, { force: true });
      return undefined;
    }
  }

  async put(key: SentenceKey, pcm: Pcm): Promise<string> {
    const file = this.fileOf(key);
    await mkdir(dirname(file), { recursive: true });
    const part = `${file}.${process.pid}-${++temporary}.part`;
    try {
      await writeFile(part, encodeWav(pcm, { digest: true }));
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    return file;
  }

  /** Removes the files made longest ago until at most `maxBytes` are left. Tells how many went. */
  trim(maxBytes: number): Promise<number> {
    return trimFolders(this.folder, maxBytes);
  }
}
