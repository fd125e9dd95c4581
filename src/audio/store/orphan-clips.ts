import { chmod, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskTime } from './job-folder.js';

const BATCH = 200;

/**
 * Removes finished files that no row names: the job died or was stopped after it wrote the file and before it wrote the
 * row. Removes only files unchanged for `idleMs`, because a running job also has its file before its row. `known`
 * returns those of some hashes that rows name. Returns how many were removed.
 */
export async function sweepOrphanClips(
  mediaDir: string,
  idleMs: number,
  known: (sha256s: string[]) => Promise<ReadonlySet<string>>,
): Promise<number> {
  const folder = join(mediaDir, 'clips');
  const folders = await readdir(folder).catch(() => []);
  if (folders.length === 0) return 0;
  const before = (await diskTime(mediaDir)) - idleMs;
  let removed = 0;
  for (const subfolder of folders) {
    const names = (await readdir(join(folder, subfolder)).catch(() => [])).filter((name) =>
      /^[0-9a-f]{64}\.mp3$/.test(name),
    );
    for (let from = 0; from < names.length; from += BATCH) {
      const old: string[] = [];
      for (const name of names.slice(from, from + BATCH)) {
        const seen = await stat(join(folder, subfolder, name)).catch(() => undefined);
        if (seen && seen.ctimeMs < before) old.push(name.slice(0, 64));
      }
      const kept = old.length > 0 ? await known(old) : new Set();
      for (const sha256 of old.filter((one) => !kept.has(one))) {
        await rm(join(folder, subfolder, `${sha256}.mp3`), { force: true });
        removed++;
      }
    }
  }
  return removed;
}

/**
 * Protects a file from the sweep: setting its permissions updates its change time. On a read-only disk nothing is
 * swept.
 */
export async function markWanted(file: string): Promise<void> {
  const seen = await stat(file).catch(() => undefined);
  if (seen) await chmod(file, seen.mode & 0o777).catch(() => undefined);
}
