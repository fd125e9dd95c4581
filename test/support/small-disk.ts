import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a few megabytes, which fills, grows, turns read-only and fails on command. Only root may make one. */
export class SmallDisk {
  private constructor(
    readonly folder: string,
    /** Holds the disk's blocks, where it is not in memory. */
    private readonly image?: string,
  ) {}

  /** In memory. Undefined where this is impossible. */
  static make(megabytes: number): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'loa-disk-'));
    return attempt(folder, () => {
      mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
      return new SmallDisk(folder);
    });
  }

  /** With a file system that can fail under open files. Undefined where this is impossible. */
  static makeFailing(megabytes: number): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'loa-disk-'));
    const image = `${folder}.image`;
    return attempt(folder, () => {
      writeFileSync(image, '');
      truncateSync(image, megabytes * 1024 * 1024);
      execFileSync('mkfs.ext4', ['-q', image], { stdio: 'ignore' });
      mount('-o', 'loop', image, folder);
      return new SmallDisk(folder, image);
    });
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  /** Leaves so much free space; the earlier filling is deleted first. */
  fill(leave = 0): void {
    this.empty();
    const room = this.freeBytes - leave;
    try {
      writeFileSync(this.filler, Buffer.alloc(Math.max(0, room)));
    } catch (error) {
      // The last block is the file system's own.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  empty(): void {
    rmSync(this.filler, { force: true });
  }

  grow(megabytes: number): void {
    this.remount(`size=${megabytes}m`);
  }

  readOnly(on: boolean): void {
    this.remount(on ? 'ro' : 'rw');
  }

  /** As the system does it when a disk fails: read-only at once, whatever is open. */
  fail(): void {
    this.remount('abort');
  }

  /** As after a restart of the machine. No process may have a file open. */
  mend(): void {
    execFileSync('umount', [this.folder], { stdio: 'ignore' });
    mount('-o', 'loop', this.image ?? '', this.folder);
  }

  close(): void {
    execFileSync('umount', ['-l', this.folder], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
    if (this.image) rmSync(this.image, { force: true });
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }

  private remount(option: string): void {
    mount('-o', `remount,${option}`, this.folder);
  }
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' });
}

function attempt(folder: string, make: () => SmallDisk): SmallDisk | undefined {
  try {
    return make();
  } catch {
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.image`, { force: true });
    return undefined;
  }
}

/** `describe`; where no disk could be made, one that prints what is not tested. */
export function describeOn(disk: SmallDisk | undefined): typeof describe | typeof describe.skip {
  if (disk) return describe;
  process.stderr.write(
    'NOT TRIED: full and read-only disks, since this machine lets nobody mount one (be root, outside a container).\n',
  );
  return describe.skip;
}
