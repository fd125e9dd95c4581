import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes the oldest files in the subfolders of `folder` until at most `maxBytes` are left. Returns the number removed.
 */
export async function trimFolders(folder: string, maxBytes: number): Promise<number> {
  const files: { path: string; bytes: number; made: number }[] = [];
  for (const subfolder of await readdir(folder).catch(() => [])) {
    for (const name of await readdir(join(folder, subfolder)).catch(() => [])) {
      const path = join(folder, subfolder, name);
      const seen = await stat(path).catch(() => undefined);
      if (seen?.isFile()) files.push({ path, bytes: seen.size, made: seen.mtimeMs });
    }
  }
  files.sort((a, b) => a.made - b.made);
  let total = files.reduce((sum, file) => sum + file.bytes, 0);
  let removed = 0;
  for (const file of files) {
    if (total <= maxBytes) break;
    await rm(file.path, { force: true });
    total -= file.bytes;
    removed++;
  }
  return removed;
}
