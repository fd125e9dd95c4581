import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { auditFacts, auditHash, type AuditRow, CHAIN_START, setChainHead } from '../../database/audit-hash.js';
import type { Config } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import { migrations } from '../../database/migrations/index.js';
import { DiskMediaStore } from '../../audio/media-store.js';
import { DomainError } from '../../shared/domain-error.js';
import { backupTables, type Manifest, manifestSchema } from './backup-format.js';

/**
 * Puts a backup into an empty database. All rows or none: clips and keys are copied and every hash is
 * checked before the one transaction. Throws `bad-backup` (422), `newer-backup` (422), `not-empty` (409).
 */
export async function restoreBackup(
  database: Database,
  config: Config,
  folder: string,
): Promise<{ rows: number; clips: number }> {
  const manifest = await readManifest(folder);
  if (!migrations.some((migration) => migration.name === manifest.schema)) {
    throw new DomainError('invalid', 'newer-backup', {
      vi: 'Bản sao lưu này của phiên bản Loa mới hơn. Hãy cập nhật Loa rồi khôi phục.',
      en: 'The backup was written by a newer version of Loa.',
    });
  }
  await requireEmpty(database);
  const tables = await Promise.all(
    backupTables.map(async (table) => inOrder(table, await readTable(folder, table, manifest))),
  );
  await restoreClips(config, folder, manifest.clips);
  await restoreKeys(join(folder, 'keys'), join(config.dataDir, 'keys'));
  let rows = 0;
  await database.write(async (tx) => {
    for (const [at, table] of backupTables.entries()) {
      const batch = tables[at] ?? [];
      for (const row of batch) await insert(tx, table, row);
      rows += batch.length;
    }
    const audit = tables[backupTables.indexOf('audit')] ?? [];
    const last = audit.at(-1);
    if (last) await setChainHead(tx, { seq: Number(last['seq']), hash: String(last['hash']), rows: audit.length });
  });
  return { rows, clips: manifest.clips.length };
}

type Row = Record<string, string | number | boolean | null>;

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  } catch (cause) {
    throw badBackup('manifest.json', cause);
  }
}

async function readTable(folder: string, table: string, manifest: Manifest): Promise<Row[]> {
  // A backup of an older version knows nothing of tables that came later.
  if (!(table in manifest.tables)) return [];
  const name = `tables/${table}.ndjson`;
  const text = await readFile(join(folder, name), 'utf8').catch((cause: unknown) => {
    throw badBackup(name, cause);
  });
  if (createHash('sha256').update(text).digest('hex') !== manifest.tables[table]?.sha256) throw badBackup(name);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

async function requireEmpty(database: Database): Promise<void> {
  const rows: { n: number }[] = await database.read().query('SELECT count(*) AS n FROM unit');
  if (Number(rows[0]?.n) === 0) return;
  throw new DomainError('conflict', 'not-empty', {
    vi: 'Cơ sở dữ liệu đã có dữ liệu. Hãy khôi phục vào cơ sở dữ liệu trống (LOA_DATABASE_URL hoặc LOA_DATA_DIR khác).',
    en: 'The database is not empty. Restore into an empty one.',
  });
}

async function restoreClips(config: Config, folder: string, clips: readonly string[]): Promise<void> {
  const store = new DiskMediaStore(config.mediaDir);
  for (const sha256 of clips) {
    if (
      await store.find(sha256).then(
        () => true,
        () => false,
      )
    )
      continue;
    const work = await store.workDir();
    const copy = join(work, 'clip.mp3');
    await copyFile(join(folder, 'clips', `${sha256}.mp3`), copy).catch((cause: unknown) => {
      throw badBackup(`clips/${sha256}.mp3`, cause);
    });
    const stored = await store.put(copy);
    if (stored.sha256 !== sha256) throw badBackup(`clips/${sha256}.mp3`);
  }
}

async function restoreKeys(from: string, to: string): Promise<void> {
  const names = await readdir(from).catch(() => []);
  if (names.length === 0) return;
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of names) await copyFile(join(from, name), join(to, name));
}

/** Units form a tree: parents first. The audit forms a chain. */
function inOrder(table: string, rows: readonly Row[]): readonly Row[] {
  if (table === 'audit') return chained(rows);
  if (table !== 'unit') return rows;
  const sorted: Row[] = [];
  const put = new Set<unknown>([null]);
  for (let left = [...rows]; left.length > 0;) {
    const ready = left.filter((row) => put.has(row['parent_id'] ?? null));
    if (ready.length === 0) throw badBackup('tables/unit.ndjson');
    sorted.push(...ready);
    for (const row of ready) put.add(row['id']);
    left = left.filter((row) => !put.has(row['id']));
  }
  return sorted;
}

/** A backup of a version whose audit was no chain yet gets one here, as its tables would have. */
function chained(rows: readonly Row[]): readonly Row[] {
  let hash = CHAIN_START;
  return rows.map((row) => {
    if (typeof row['hash'] === 'string') return { ...row, hash: (hash = row['hash']) };
    const prev_hash = hash;
    hash = auditHash(prev_hash, auditFacts(row as AuditRow));
    return { ...row, prev_hash, hash };
  });
}

async function insert(tx: EntityManager, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const postgres = tx.connection.options.type === 'postgres';
  const marks = columns.map((_, n) => (postgres ? `$${n + 1}` : '?')).join(', ');
  const names = columns.map((name) => `"${name}"`).join(', ');
  // SQLite knows no booleans; PostgreSQL takes 0 and 1 for them.
  const values = Object.values(row).map((value) => (typeof value === 'boolean' ? Number(value) : value));
  await tx.query(`INSERT INTO "${table}" (${names}) VALUES (${marks})`, values);
}

function badBackup(part: string, cause?: unknown): DomainError {
  const sentence = { vi: `Bản sao lưu hỏng hoặc thiếu: ${part}.`, en: `The backup is broken or incomplete: ${part}.` };
  return new DomainError('invalid', 'bad-backup', sentence, { part }, { cause });
}
