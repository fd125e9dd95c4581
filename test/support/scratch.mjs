/**
 * The folder for temporary test data. Every application of a journey commits hundreds of times, and each commit waits
 * for the disk (schedule-clock: 92 s on a busy disk, 38 s in memory, the same work); a killed process loses nothing in
 * memory either, so the waiting proves nothing. Where memory is short the temporary folder is used.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ROOM = 4 * 2 ** 30;

/** A new folder that is deleted with this process: later runs delete the folders of killed ones. */
export function scratchFolder() {
  const name = `loa-test-${process.pid}-`;
  const inMemory = process.env.TMPDIR === undefined && roomInMemory() >= ROOM && freemem() >= 2 * ROOM;
  const folder = inMemory ? MEMORY : tmpdir();
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) {
    const pid = /^loa-test-(\d+)-/.exec(old)?.[1];
    if (pid && !lives(Number(pid))) sweep(join(folder, old));
  }
  return mkdtempSync(join(folder, name));
}

/** Folders of killed runs, their small disks among them. One that cannot be deleted does no harm. */
function sweep(folder) {
  const disks = readdirSync(folder).filter((name) => name.startsWith('loa-disk-'));
  for (const disk of disks) spawnSync('umount', ['-l', join(folder, disk)], { stdio: 'ignore' });
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    process.stderr.write(`${folder} of an earlier run stays: ${error.message}\n`);
  }
}

function roomInMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
