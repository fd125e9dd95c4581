import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { trimFolders } from '../../speech/voices/trim-folders.js';

const DIGEST = 32;
let temporary = 0;

/**
 * What was made once and would be made the same again, under the hash of everything it was made from. Each file begins with the
 * digest of what follows: a damaged one is taken for missing. Losing all of it costs time and nothing else.
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

  /** Written under a name of its own, then renamed: a reader never sees half a file. */
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

  /** Removes what was made longest ago until at most `maxBytes` are left. Tells how many went. */
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
