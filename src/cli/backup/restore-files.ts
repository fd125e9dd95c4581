import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import { DiskMediaStore, flushFolder, translateDiskErrors } from '../../audio/store/disk-media-store.js';
import { requireSpace } from './backup-folder.js';
import type { MissingClip, Manifest } from './backup-format.js';
import { copyHashed, hashFile } from './file-copy.js';
import { badBackup, clipIn, tableFile, type Verified } from './verify-backup.js';

/**
 * On SQLite rows are written twice, into the log and into the file. Where PostgreSQL stores its files is unknown here.
 */
export async function requireRoom(
  database: Database,
  config: Config,
  folder: string,
  manifest: Manifest,
): Promise<void> {
  await mkdir(config.mediaDir, { recursive: true });
  const store = new DiskMediaStore(config.mediaDir);
  let sound = 0;
  for (const { sha256, bytes } of manifest.clips) {
    const there = await store.find(sha256).catch(() => undefined);
    if (!there) sound += bytes ?? (await stat(clipIn(folder, sha256)).catch(() => undefined))?.size ?? 0;
  }
  let rows = 0;
  for (const table of Object.keys(manifest.tables)) rows += (await stat(join(folder, tableFile(table)))).size;
  await requireSpace(config.mediaDir, sound);
  if (database.isPostgres) return;
  const file = dirname(config.databaseUrl.slice('sqlite:'.length));
  const together = (await stat(file)).dev === (await stat(config.mediaDir)).dev;
  await requireSpace(file, rows * 2 + (together ? sound : 0));
}

/**
 * Returns the clips that are missing afterwards. A clip that is already on the disk is as good as one from the backup.
 */
export async function restoreClips(config: Config, folder: string, read: Verified): Promise<MissingClip[]> {
  const store = new DiskMediaStore(config.mediaDir);
  const missing: MissingClip[] = [];
  const known = new Map(read.manifest.lacking.map((one) => [one.sha256, one]));
  for (const { sha256, problem } of read.clips) known.set(sha256, { sha256, problem, names: [] });
  for (const { sha256 } of [...read.manifest.clips, ...read.manifest.lacking]) {
    const there = await store.find(sha256).then(
      async ({ file }) => (await hashFile(file)).sha256 === sha256,
      () => false,
    );
    if (there) continue;
    const lost = known.get(sha256);
    if (lost) missing.push(lost);
    else await restoreClip(store, clipIn(folder, sha256), sha256);
  }
  return missing;
}

async function restoreClip(store: DiskMediaStore, from: string, sha256: string): Promise<void> {
  const work = await store.workDir();
  try {
    await translateDiskErrors(store.folder, () => copyFile(from, join(work, 'clip.mp3')));
    const stored = await store.put(join(work, 'clip.mp3'));
    if (stored.sha256 !== sha256) throw badBackup(`clips/${sha256}.mp3`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export async function restoreKeys(from: string, to: string, { manifest, keys }: Verified): Promise<void> {
  const intact = manifest.keys.filter(({ name }) => !keys.includes(name));
  if (intact.length === 0) return;
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const { name } of intact) {
    const half = join(to, `${name}.half`);
    await rm(half, { force: true });
    await copyHashed(join(from, name), half);
    await rename(half, join(to, name));
  }
  await flushFolder(to);
}
