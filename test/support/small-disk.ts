import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a few megabytes in memory, which fills, grows and turns read-only as told. Only root may make one. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Undefined where this cannot be done. */
  static make(megabytes: number): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'loa-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
      return new SmallDisk(folder);
    } catch {
      rmSync(folder, { recursive: true, force: true });
      return undefined;
    }
  }

  grow(megabytes: number): void {
    this.remount(`size=${megabytes}m`);
  }

  readOnly(on: boolean): void {
    this.remount(on ? 'ro' : 'rw');
  }

  close(): void {
    execFileSync('umount', ['-l', this.folder], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
  }

  private remount(option: string): void {
    execFileSync('mount', ['-o', `remount,${option}`, this.folder], { stdio: 'ignore' });
  }
}

/** `describe`; where no disk could be made, one that says aloud what is not tried. */
export function describeOn(disk: SmallDisk | undefined): typeof describe | typeof describe.skip {
  if (disk) return describe;
  process.stderr.write(
    'NOT TRIED: full and read-only disks, since this machine lets nobody mount one (be root, outside a container).\n',
  );
  return describe.skip;
}
