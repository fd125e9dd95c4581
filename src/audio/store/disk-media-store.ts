import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { diskTime, isOfDeadProcess, newJobFolder } from './job-folder.js';

export interface StoredFile {
  /** Absolute path. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Finished sound files, stored under the hash of their bytes: a file in the store is complete and never changes. */
export interface MediaStore {
  /** Root folder, named in errors about a full disk. */
  readonly folder: string;
  /** Moves a finished file into the store; equal bytes are stored once. */
  put(temporary: string): Promise<StoredFile>;
  /** Throws not-found when the file is missing. */
  find(sha256: string): Promise<StoredFile>;
  /** `range` is half-open, in bytes. */
  read(sha256: string, range?: { start: number; end: number }): Promise<Readable>;
  /** A new folder for one job, on the same disk as the store. The caller removes it. */
  workDir(): Promise<string>;
  /**
   * Removes the folders of dead jobs: at once when their process is known to be gone, else when nothing in them has
   * changed for `idleMs`. Returns how many.
   */
  sweep(idleMs: number): Promise<number>;
}

/** Finished files: `<mediaDir>/clips/ab/<sha256>.mp3`; unfinished ones: `<mediaDir>/tmp`. */
export class DiskMediaStore implements MediaStore {
  constructor(readonly folder: string) {}

  async put(temporary: string): Promise<StoredFile> {
    return translateDiskErrors(this.folder, async () => {
      const { sha256, bytes } = await hashAndFlush(temporary);
      const file = this.fileOf(sha256);
      await mkdir(dirname(file), { recursive: true });
      await rename(temporary, file);
      await flushFolder(dirname(file));
      return { file, sha256, bytes };
    });
  }

  async find(sha256: string): Promise<StoredFile> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw notFound();
    const file = this.fileOf(sha256);
    const seen = await stat(file).catch(() => undefined);
    if (!seen?.isFile()) throw notFound();
    return { file, sha256, bytes: seen.size };
  }

  async read(sha256: string, range?: { start: number; end: number }): Promise<Readable> {
    const { file } = await this.find(sha256);
    if (!range) return createReadStream(file);
    return createReadStream(file, { start: range.start, end: range.end - 1 });
  }

  async workDir(): Promise<string> {
    return translateDiskErrors(this.folder, async () => {
      const job = join(this.temporary, newJobFolder());
      await mkdir(job, { recursive: true });
      return job;
    });
  }

  async sweep(idleMs: number): Promise<number> {
    const names = await readdir(this.temporary).catch(() => []);
    const dead = names.filter(isOfDeadProcess);
    // Remove these first: on a full disk there is no room for the file that `diskTime` writes.
    for (const name of dead) await rm(join(this.temporary, name), { recursive: true, force: true });
    const doubtful = names.filter((name) => !dead.includes(name));
    if (doubtful.length === 0) return dead.length;
    const before = (await diskTime(this.temporary)) - idleMs;
    let removed = dead.length;
    for (const name of doubtful) {
      const path = join(this.temporary, name);
      if ((await lastChange(path)) >= before) continue;
      await rm(path, { recursive: true, force: true });
      removed++;
    }
    return removed;
  }

  private get temporary(): string {
    return join(this.folder, 'tmp');
  }

  private fileOf(sha256: string): string {
    return join(this.folder, 'clips', sha256.slice(0, 2), `${sha256}.mp3`);
  }
}

/** A running job writes into its folder all the time, so the newest file in it shows whether the job is alive. */
async function lastChange(path: string): Promise<number> {
  const seen = await stat(path).catch(() => undefined);
  if (!seen) return 0;
  if (!seen.isDirectory()) return seen.mtimeMs;
  const inside = await Promise.all((await readdir(path).catch(() => [])).map((name) => lastChange(join(path, name))));
  return Math.max(seen.mtimeMs, ...inside);
}

async function hashAndFlush(path: string): Promise<{ sha256: string; bytes: number }> {
  const file = await open(path, 'r+');
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false, start: 0 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    await file.sync();
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await file.close();
  }
}

/**
 * Makes a rename survive a power cut. Some file systems cannot flush a folder; there the rename stays as safe as the
 * file system makes it.
 */
export async function flushFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    return;
  } finally {
    await handle?.close();
  }
}

/** An administrator must fix a full or read-only disk, so both get errors of their own. */
export async function translateDiskErrors<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new DomainError(
        'unavailable',
        'media-full',
        {
          vi: `Ổ đĩa chứa ${folder} đã đầy. Hãy giải phóng chỗ rồi thử lại.`,
          en: `The disk that holds ${folder} is full. Free some space and try again.`,
        },
        { folder },
        { cause: error },
      );
    }
    // On a read-only disk Node's recursive mkdir reports ENOENT.
    const noFolder =
      (error as NodeJS.ErrnoException).syscall === 'mkdir' && ['ENOENT', 'ENOTDIR', 'EEXIST'].includes(code);
    if (noFolder || ['EROFS', 'EACCES', 'EPERM'].includes(code)) {
      throw new DomainError(
        'unavailable',
        'media-read-only',
        {
          vi: `Không ghi được vào thư mục ${folder}. Hãy kiểm tra quyền ghi của thư mục này.`,
          en: `The folder ${folder} cannot be written to. Check its permissions.`,
        },
        { folder },
        { cause: error },
      );
    }
    throw error;
  }
}
