import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashOf } from '../../shared/ids.js';
import { trimFolders } from './trim-folders.js';
import { encodeWav, parseWav, type Pcm } from './sound/wav.js';

/** Everything that determines the sound of a sentence. */
export interface SentenceKey {
  readonly engine: string;
  readonly edition: string;
  readonly voice: string;
  readonly rate: number;
  readonly text: string;
}

let temporary = 0;

/**
 * A cache of synthesised sentences, one WAV each under `folder`, named by the hash of its key and containing a digest
 * of its sound. Each writer writes a temporary file of its own and renames it, so a reader never sees half a file; two
 * writers of one key write the same content.
 */
export class SentenceCache {
  constructor(private readonly folder: string) {}

  fileOf(key: SentenceKey): string {
    const name = hashOf({ ...key, text: key.text.normalize('NFC') });
    return join(this.folder, name.slice(0, 2), `${name}.wav`);
  }

  /** The sound; undefined when it is absent or damaged. A damaged file is removed. */
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
      // A file without a digest is foreign, or was cut off just before it.
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

  /** Removes the oldest files until at most `maxBytes` are left. Returns the number removed. */
  trim(maxBytes: number): Promise<number> {
    return trimFolders(this.folder, maxBytes);
  }
}
