import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isOfDeadProcess, newJobFolder } from '../../audio/store/job-folder.js';
import { flushFolder, translateDiskErrors } from '../../audio/store/disk-media-store.js';
import { FreeSpace } from '../../database/disk/free-space.js';
import { SystemClock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';

const PREFIX = '.loa-';

/**
 * Gives `work` a temporary folder and renames it to `target` when it is done: readers see a whole backup or none. An
 * existing empty folder (the mount point of a disk, for example) is filled from a folder inside it. The files of a
 * failed run are deleted at once, those of a killed run at the next one. Throws `not-empty` (409).
 */
export async function wholeFolder<T>(target: string, work: (stage: string) => Promise<T>): Promise<T> {
  return translateDiskErrors(target, async () => {
    const path = resolve(target);
    const inside = await stat(path).then(
      () => true,
      () => false,
    );
    const parent = inside ? path : dirname(path);
    await mkdir(parent, { recursive: true, mode: 0o700 });
    await removeLeftovers(parent);
    if (inside && (await readdir(path)).length > 0) throw notEmpty(target);
    const stage = join(parent, PREFIX + newJobFolder());
    await mkdir(stage, { mode: 0o700 });
    try {
      const done = await work(stage);
      if (inside) await moveOut(stage, path);
      else await rename(stage, path);
      await flushFolder(parent);
      return done;
    } catch (error) {
      await rm(stage, { recursive: true, force: true });
      throw error;
    }
  });
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(PREFIX) || !isOfDeadProcess(name.slice(PREFIX.length))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Moves the manifest last: a folder without it is no backup. */
async function moveOut(stage: string, target: string): Promise<void> {
  const last = (name: string) => Number(name === 'manifest.json');
  const names = (await readdir(stage)).sort((a, b) => last(a) - last(b));
  for (const name of names) await rename(join(stage, name), join(target, name));
  await rmdir(stage);
}

/** Throws `no-space` (503) when fewer than `bytes` can be written. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const free = await new FreeSpace(new SystemClock()).freeBytesNow(folder);
  if (free >= bytes) return;
  const [needed, left] = [inMegabytes(bytes), inMegabytes(free)];
  throw new DomainError(
    'unavailable',
    'no-space',
    {
      vi: `Ổ đĩa chứa ${folder} không đủ chỗ: cần khoảng ${needed} MB, còn ${left} MB. Chưa ghi gì. Hãy giải phóng chỗ hoặc chọn ổ đĩa khác.`,
      en: `The disk that holds ${folder} is too small: about ${needed} MB are needed, ${left} MB are free. Nothing was written.`,
    },
    { folder, neededBytes: bytes, freeBytes: free },
  );
}

const inMegabytes = (bytes: number): number => Math.ceil(bytes / 1e6);

function notEmpty(folder: string): DomainError {
  return new DomainError('conflict', 'not-empty', {
    vi: `Thư mục ${folder} đã có nội dung. Hãy chọn thư mục mới.`,
    en: `${folder} is not empty.`,
  });
}
