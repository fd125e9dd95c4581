import { chmod, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskTime } from './job-folder.js';

const BATCH = 200;

/**
 * Removes finished files that no row names: their job died or was stopped between the file and the row. Only those for which
 * nothing has happened for `idleMs`, since a job that is about to write its row has its file already. `known`: which of some
 * hashes rows name. Tells how many went.
 */
export async function sweepOrphanClips(
  mediaDir: string,
  idleMs: number,
  known: (sha256s: string[]) => Promise<ReadonlySet<string>>,
): Promise<number> {
  const folder = join(mediaDir, 'clips');
  const shelves = await readdir(folder).catch(() => []);
  if (shelves.length === 0) return 0;
  const before = (await diskTime(mediaDir)) - idleMs;
  let removed = 0;
  for (const shelf of shelves) {
    const names = (await readdir(join(folder, shelf)).catch(() => [])).filter((name) =>
      /^[0-9a-f]{64}\.mp3$/.test(name),
    );
    for (let from = 0; from < names.length; from += BATCH) {
      const old: string[] = [];
      for (const name of names.slice(from, from + BATCH)) {
        const seen = await stat(join(folder, shelf, name)).catch(() => undefined);
        if (seen && seen.ctimeMs < before) old.push(name.slice(0, 64));
      }
      const kept = old.length > 0 ? await known(old) : new Set();
      for (const sha256 of old.filter((one) => !kept.has(one))) {
        await rm(join(folder, shelf, `${sha256}.mp3`), { force: true });
        removed++;
      }
    }
  }
  return removed;
}

/** Tells the sweeper that a file is wanted again: any change of a file's rights dates it. On a disk where nothing can be changed nothing is swept. */
export async function markWanted(file: string): Promise<void> {
  const seen = await stat(file).catch(() => undefined);
  if (seen) await chmod(file, seen.mode & 0o777).catch(() => undefined);
}
