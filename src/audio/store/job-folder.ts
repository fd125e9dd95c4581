import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../shared/ids.js';

const host = sha256(hostname()).slice(0, 6);
/** Distinguishes this run from an earlier one with the same process number (in a container it is always 1). */
const run = randomBytes(4).toString('hex');

/** 'job-<host>-<process>-<run>-<random>': the name identifies the owner. */
export function newJobFolder(): string {
  return `job-${host}-${process.pid}-${run}-${randomBytes(6).toString('hex')}`;
}

/** True only when it is certain: created on this machine by a process that no longer exists. */
export function isOfDeadProcess(name: string): boolean {
  const [, theirHost, pid, theirRun] = /^job-([0-9a-f]+)-(\d+)-([0-9a-f]+)-[0-9a-f]+$/.exec(name) ?? [];
  if (theirHost !== host) return false;
  if (Number(pid) === process.pid) return theirRun !== run;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Current time of the disk's file dates, ms. File ages are compared with this clock and not with the application's. */
export async function diskTime(folder: string): Promise<number> {
  const probe = await mkdtemp(join(folder, 'clock-'));
  try {
    return (await stat(probe)).mtimeMs;
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}
