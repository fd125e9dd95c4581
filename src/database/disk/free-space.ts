import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock, type Instant } from '../../shared/clock.js';

/** How long a measurement is reused: health checks and uploads ask often, and a network disk answers slowly. */
const KEPT_MS = 1_000;

/** The free space of the disks that hold Loa's folders. The one place that measures it. */
@Injectable()
export class FreeSpace {
  private readonly kept = new Map<string, { at: Instant; bytes: Promise<number> }>();

  constructor(private readonly clock: Clock) {}

  /** Bytes that may still be written under `folder`, which need not exist yet; at most a second old. */
  freeBytes(folder: string): Promise<number> {
    const now = this.clock.now();
    const last = this.kept.get(folder);
    if (last && Math.abs(now - last.at) < KEPT_MS) return last.bytes;
    return this.freeBytesNow(folder);
  }

  /** The same, without the cached measurement. */
  freeBytesNow(folder: string): Promise<number> {
    const bytes = measureFreeBytes(folder);
    this.kept.set(folder, { at: this.clock.now(), bytes });
    return bytes;
  }

  /** Whether less than `reserve` bytes are left. */
  async isBelow(folder: string, reserve: number): Promise<boolean> {
    return (await this.freeBytes(folder)) < reserve;
  }
}

/** The folder, or its nearest existing parent. */
export async function existingFolder(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  return isThere || dirname(folder) === folder ? folder : existingFolder(dirname(folder));
}

/**
 * Infinity where the free space cannot be measured (a file system that counts no blocks, a folder without permission):
 * a write there fails with its own reason, and nothing is refused on a guess.
 */
export async function measureFreeBytes(folder: string): Promise<number> {
  try {
    const { bavail, blocks, bsize } = await statfs(await existingFolder(folder));
    return blocks === 0 ? Infinity : bavail * bsize;
  } catch {
    return Infinity;
  }
}
