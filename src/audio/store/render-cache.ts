import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { trimFolders } from '../../speech/voices/trim-folders.js';

const DIGEST = 32;
let temporary = 0;

/**
 * Cache of reproducible results, keyed by the hash of all their inputs. Each file begins with the digest of its
 * content; a damaged file counts as missing. Losing the whole cache costs only time.
 */
export class RenderCache {
  constructor(private readonly folder: string) {}

  async get(key: string): Promise<Buffer | undefined> {
    const file = this.fileOf(key);
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes) return undefined;
    const content = bytes.subarray(DIGEST);
    if (bytes.length >= DIGEST && digestOf(content).equals(bytes.subarray(0, DIGEST))) return content;
    await rm(file, { force: true });
    return undefined;
  }

  /** Writes to a temporary name, then renames: a reader never sees half a file. */
  async put(key: string, content: Uint8Array): Promise<void> {
    const file = this.fileOf(key);
    await mkdir(dirname(file), { recursive: true });
    const part = `${file}.${process.pid}-${++temporary}.part`;
    try {
      await writeFile(part, Buffer.concat([digestOf(content), content]));
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  /** Removes the oldest entries until at most `maxBytes` are left. Returns how many were removed. */
  trim(maxBytes: number): Promise<number> {
    return trimFolders(this.folder, maxBytes);
  }

  private fileOf(key: string): string {
    return join(this.folder, key.slice(0, 2), key);
  }
}

function digestOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
