import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import { DiskMediaStore } from '../../audio/media-store.js';
import { DomainError } from '../../shared/domain-error.js';
import { backupTables, type Manifest } from './backup-format.js';

const PAGE = 500;

/** Throws `not-empty` (409) when the folder holds something already. A run that dies leaves a folder without a manifest, which restore refuses. */
export async function writeBackup(
  database: Database,
  config: Config,
  writtenAt: number,
  folder: string,
): Promise<{ rows: number; clips: number }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) {
    const sentence = { vi: `Thư mục ${folder} đã có nội dung. Hãy chọn thư mục mới.`, en: `${folder} is not empty.` };
    throw new DomainError('conflict', 'not-empty', sentence);
  }
  await mkdir(join(folder, 'tables'));
  await mkdir(join(folder, 'clips'));
  const manifest: Manifest = { format: 'loa-backup-1', writtenAt, schema: '', tables: {}, clips: [] };
  // One transaction: all tables are of one moment.
  await database.snapshot(async (tx) => {
    const last: { name: string }[] = await tx.query('SELECT name FROM migrations ORDER BY "timestamp" DESC LIMIT 1');
    manifest.schema = last[0]?.name ?? '';
    for (const table of backupTables) manifest.tables[table] = await writeTable(tx, table, folder);
    const clips: { sha256: string }[] = await tx.query(
      `SELECT sha256 FROM clip WHERE sha256 IS NOT NULL UNION
        SELECT sha256 FROM station_call WHERE sha256 IS NOT NULL AND dropped_at IS NULL`,
    );
    manifest.clips = clips.map((row) => row.sha256).sort();
  });
  const store = new DiskMediaStore(config.mediaDir);
  for (const sha256 of manifest.clips)
    await copyFile((await store.find(sha256)).file, join(folder, 'clips', `${sha256}.mp3`));
  await copyKeys(join(config.dataDir, 'keys'), join(folder, 'keys'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2), { mode: 0o600 });
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  return { rows, clips: manifest.clips.length };
}

async function writeTable(tx: EntityManager, table: string, folder: string): Promise<{ rows: number; sha256: string }> {
  const key = table === 'audit' ? 'seq' : 'id';
  const file = await open(join(folder, 'tables', `${table}.ndjson`), 'wx', 0o600);
  const hash = createHash('sha256');
  let rows = 0;
  try {
    for (let page = 0; ; page++) {
      const batch: Record<string, unknown>[] = await tx.query(
        `SELECT * FROM "${table}" ORDER BY "${key}" LIMIT ${PAGE} OFFSET ${page * PAGE}`,
      );
      const text = batch.map((row) => `${JSON.stringify(row)}\n`).join('');
      hash.update(text);
      await file.write(text);
      rows += batch.length;
      if (batch.length < PAGE) break;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { rows, sha256: hash.digest('hex') };
}

async function copyKeys(from: string, to: string): Promise<void> {
  const names = await readdir(from).catch(() => []);
  if (names.length === 0) return;
  await mkdir(to, { mode: 0o700 });
  for (const name of names) await copyFile(join(from, name), join(to, name));
}
