import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../config/config.js';
import { chainHead } from '../../database/schema/audit-hash.js';
import type { Database } from '../../database/database.js';
import { DiskMediaStore, flushFolder } from '../../audio/store/disk-media-store.js';
import { requireSpace, wholeFolder } from './backup-folder.js';
import { backupTables, keyOf, type MissingClip, type Manifest, manifestText } from './backup-format.js';
import { nameAll, neededClips } from './clip-names.js';
import { copyHashed } from './file-copy.js';
import { type FileFacts, type Row, TableFile } from './table-file.js';
import { signedAnchor } from './signed-anchor.js';
import { verifyBackup } from './verify-backup.js';

const FIRST_PAGE = 64;
const LARGEST_PAGE = 8192;
/** Target size of a page of rows as text; rows differ by a factor of 100,000 (a confirmation, a picture). */
const PAGE_BYTES = 2_000_000;
/**
 * Rows as text take about as much space as in their table with its indices. The required space is this factor times
 * that, the clips, and `ROOM_BYTES`.
 */
const ROOM = 1.25;
const ROOM_BYTES = 32_000_000;

export interface BackupDone {
  rows: number;
  clips: number;
  /** Clips that rows name and that could not be saved. */
  lacking: MissingClip[];
  /** Names the first audit row that differs from what was written; null without one. */
  audit: string | null;
}

/**
 * Writes one snapshot of the tables, the clips and the keys, and reads all of it again: a backup written without an
 * error can be restored. Missing or damaged clips are named and the rest is saved. Throws `not-empty` (409) when the
 * folder contains something, `no-space` and `media-full` (503), `bad-backup` (422) when the bytes read again differ
 * from those written.
 */
export function writeBackup(
  database: Database,
  config: Config,
  writtenAt: number,
  folder: string,
): Promise<BackupDone> {
  return wholeFolder(folder, async (stage) => {
    for (const part of ['tables', 'clips', 'keys']) await mkdir(join(stage, part), { mode: 0o700 });
    const manifest: Manifest = {
      writtenAt,
      schema: '',
      tables: {},
      audit: null,
      clips: [],
      lacking: [],
      keys: await copyKeys(join(config.dataDir, 'keys'), join(stage, 'keys')),
    };
    // One transaction: all tables belong to one moment.
    const clips = await database.snapshot(async (tx) => {
      const last: { name: string }[] = await tx.query('SELECT name FROM migrations ORDER BY "timestamp" DESC LIMIT 1');
      manifest.schema = last[0]?.name ?? '';
      manifest.audit = await chainHead(tx);
      manifest.auditSignature = await signedAnchor(join(stage, 'keys'), manifest.audit);
      const needed = await neededClips(tx);
      const sound = needed.reduce((sum, { bytes }) => sum + bytes, 0);
      await requireSpace(stage, (await bytesOf(tx)) * ROOM + sound + ROOM_BYTES);
      for (const table of backupTables) manifest.tables[table] = await writeTable(tx, table, stage);
      return needed;
    });
    // Clips never change, so they are copied outside of the transaction, which would delay the database's own cleanup
    // (vacuum, checkpoint).
    await copyClips(config, clips, stage, manifest);
    await nameAll(database, manifest.lacking);
    for (const part of ['tables', 'clips', 'keys']) await flushFolder(join(stage, part));
    await writeFile(join(stage, 'manifest.json'), manifestText(manifest), { mode: 0o600, flush: true });
    await flushFolder(stage);
    const read = await verifyBackup(stage, 'strictly');
    return { rows: read.rows, clips: manifest.clips.length, lacking: manifest.lacking, audit: read.audit };
  });
}

async function bytesOf(tx: EntityManager): Promise<number> {
  const sql =
    tx.connection.options.type === 'postgres'
      ? 'SELECT pg_database_size(current_database()) AS bytes'
      : 'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size';
  const [row]: { bytes: string | number }[] = await tx.query(sql);
  return Number(row?.bytes);
}

async function writeTable(tx: EntityManager, table: string, folder: string): Promise<FileFacts> {
  const writer = await TableFile.create(join(folder, 'tables', `${table}.ndjson`));
  const key = keyOf(table);
  const mark = (n: number) => (tx.connection.options.type === 'postgres' ? `$${n}` : '?');
  try {
    let limit = FIRST_PAGE;
    for (let after: Row[string] | undefined; ;) {
      const page: Row[] =
        after === undefined
          ? await tx.query(`SELECT * FROM "${table}" ORDER BY "${key}" LIMIT ${mark(1)}`, [limit])
          : await tx.query(`SELECT * FROM "${table}" WHERE "${key}" > ${mark(1)} ORDER BY "${key}" LIMIT ${mark(2)}`, [
              after,
              limit,
            ]);
      const bytes = await writer.add(page);
      if (page.length < limit) return await writer.finish();
      after = page.at(-1)?.[key];
      const fitting = Math.floor((limit * PAGE_BYTES) / bytes);
      limit = Math.max(1, Math.min(LARGEST_PAGE, limit * 2, fitting));
    }
  } finally {
    await writer.close();
  }
}

async function copyClips(
  config: Config,
  clips: readonly { sha256: string }[],
  folder: string,
  manifest: Manifest,
): Promise<void> {
  const store = new DiskMediaStore(config.mediaDir);
  for (const { sha256 } of clips) {
    const file = await store.find(sha256).then(
      (found) => found.file,
      () => undefined,
    );
    const copy = join(folder, 'clips', `${sha256}.mp3`);
    const facts = file === undefined ? undefined : await copyReadable(file, copy);
    if (facts?.sha256 === sha256) {
      manifest.clips.push({ sha256, bytes: facts.bytes });
    } else {
      await rm(copy, { force: true });
      manifest.lacking.push({ sha256, problem: file ? 'spoiled' : 'missing', names: [] });
    }
  }
}

/** Undefined when the source cannot be read; a full disk throws. */
async function copyReadable(from: string, to: string): Promise<{ sha256: string; bytes: number } | undefined> {
  try {
    return await copyHashed(from, to);
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall === 'read' || code === 'ENOENT' || code === 'EIO') return undefined;
    throw error;
  }
}

async function copyKeys(from: string, to: string): Promise<Manifest['keys']> {
  const names = await readdir(from).catch((error: NodeJS.ErrnoException) => {
    // An installation whose server never ran has none.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const keys: Manifest['keys'] = [];
  for (const name of names.sort()) {
    const { sha256 } = await copyHashed(join(from, name), join(to, name));
    keys.push({ name, sha256 });
  }
  return keys;
}
