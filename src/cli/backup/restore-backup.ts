import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { auditFacts, auditHash, type AuditRow, CHAIN_START, setChainHead } from '../../database/schema/audit-hash.js';
import type { Config } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import { markSetUp } from '../../database/engines/lost-database.js';
import { migrations } from '../../database/migrations/index.js';
import { AuditSeal } from '../../people/audit/audit-seal.js';
import { House } from '../../database/house.entity.js';
import { houseRow } from '../../database/house-row.js';
import { SystemClock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { backupTables, type MissingClip, type Manifest } from './backup-format.js';
import { nameAll } from './clip-names.js';
import { insertRows } from './insert-rows.js';
import { requireRoom, restoreClips, restoreKeys } from './restore-files.js';
import type { Row } from './table-file.js';
import { badBackup, readTable, tableFile, verifyBackup } from './verify-backup.js';

/** Memory for SQLite while it inserts the rows, in kB: with its usual 2 MB it writes most pages many times. */
const CACHE_KB = 64_000;

export interface RestoreDone {
  rows: number;
  /** Clips that are in place. */
  clips: number;
  /** Clips that rows name and that are neither in the backup nor on the disk. */
  lacking: MissingClip[];
  /** Names of key files that were damaged in the backup and are not restored. */
  keys: string[];
  audit: string | null;
}

/**
 * Restores a backup into an empty database: all rows or none, after the whole backup was read and verified. Damaged
 * clips and keys are left out and named. Throws `bad-backup` (422), `newer-backup` (422), `not-empty` (409), `no-space`
 * (503). The restored installation is passive until a person activates it.
 */
export async function restoreBackup(database: Database, config: Config, folder: string): Promise<RestoreDone> {
  const read = await verifyBackup(folder);
  const { manifest } = read;
  if (!migrations.some((migration) => migration.name === manifest.schema)) {
    throw new DomainError('invalid', 'newer-backup', {
      vi: 'Bản sao lưu này của phiên bản Loa mới hơn. Hãy cập nhật Loa rồi khôi phục.',
      en: 'The backup was written by a newer version of Loa.',
    });
  }
  await requireEmpty(database);
  await requireRoom(database, config, folder, manifest);
  // Marks it first: if the rows fail later, the folder is not taken for a new installation.
  await markSetUp(config);
  const missing = await restoreClips(config, folder, read);
  await restoreKeys(join(folder, 'keys'), join(config.dataDir, 'keys'), read);
  // Rows from before seals existed are sealed at the next start: the person who restores a backup is responsible for
  // its content.
  if (!manifest.keys.some(({ name }) => name.startsWith('audit.key'))) await new AuditSeal(config).unsettle();
  await database.write(async (tx) => {
    if (!database.isPostgres) await tx.query(`PRAGMA cache_size = -${CACHE_KB}`);
    const made = await houseRow(tx);
    if ('house' in manifest.tables) await tx.delete(House, { id: made.id });
    for (const table of backupTables) {
      // A backup of an older version has no files for later tables.
      if (table in manifest.tables) await restoreTable(tx, table, folder, manifest);
    }
    await restAsleep(tx, manifest);
  });
  await nameAll(database, missing);
  const clips = manifest.clips.length + manifest.lacking.length - missing.length;
  return { rows: read.rows, clips, lacking: missing, keys: read.keys, audit: read.audit };
}

/** Makes the copy passive: another copy may be running, and this one may be at another address. */
async function restAsleep(tx: EntityManager, { writtenAt }: Manifest): Promise<void> {
  const { id } = await houseRow(tx);
  const passive = { passiveSince: new SystemClock().now(), passiveReason: 'restored' as const, backupAt: writtenAt };
  await tx.update(House, { id }, { ...passive, address: null, addressSet: false });
}

async function restoreTable(tx: EntityManager, table: string, folder: string, manifest: Manifest): Promise<void> {
  const chain = new Chain();
  const units: Row[] = [];
  const facts = await readTable(folder, table, async (rows) => {
    // Units are the only table whose rows refer to each other; a country has some thousands of them.
    if (table === 'unit') units.push(...rows);
    else await insertRows(tx, table, table === 'audit' ? chain.take(rows) : rows);
  });
  // Read for the second time after verification: a disk that returns other bytes now cannot be trusted.
  if (facts.sha256 !== manifest.tables[table]?.sha256) throw badBackup(tableFile(table));
  if (table === 'unit') await insertRows(tx, table, parentsFirst(units));
  const head = manifest.audit ?? chain.head;
  if (table === 'audit' && head) await setChainHead(tx, head);
}

async function requireEmpty(database: Database): Promise<void> {
  const rows: { n: number }[] = await database.read().query('SELECT count(*) AS n FROM unit');
  if (Number(rows[0]?.n) === 0) return;
  throw new DomainError('conflict', 'not-empty', {
    vi: 'Cơ sở dữ liệu đã có dữ liệu. Hãy khôi phục vào cơ sở dữ liệu trống (LOA_DATABASE_URL hoặc LOA_DATA_DIR khác).',
    en: 'The database is not empty. Restore into an empty one.',
  });
}

function parentsFirst(rows: readonly Row[]): readonly Row[] {
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

/** Builds the chain for a backup of a version whose audit had none, as the migration of the tables does. */
class Chain {
  head: { seq: number; hash: string; rows: number } | undefined;

  take(rows: readonly Row[]): Row[] {
    return rows.map((row) => {
      const prev_hash = this.head?.hash ?? CHAIN_START;
      const known = row['hash'];
      const hash = typeof known === 'string' ? known : auditHash(prev_hash, auditFacts(row as AuditRow));
      this.head = { seq: Number(row['seq']), hash, rows: (this.head?.rows ?? 0) + 1 };
      return typeof known === 'string' ? row : { ...row, prev_hash, hash };
    });
  }
}
