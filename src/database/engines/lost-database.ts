import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import type { Config } from '../../config/config.js';
import { DomainError } from '../../shared/domain-error.js';

/** Checking a larger file would delay the start; a broken page in it then shows when it is read. */
const QUICK_CHECK_BYTES = 256_000_000;

/** Every installation that was set up has one of these rows. */
const someRow = 'SELECT EXISTS (SELECT 1 FROM unit) OR EXISTS (SELECT 1 FROM account) AS found';

/** Marks the data folder as set up; the mark outlives the database. Does nothing on a disk that cannot be written. */
export async function markSetUp(config: Pick<Config, 'dataDir'>): Promise<void> {
  await mkdir(config.dataDir, { recursive: true })
    .then(() => writeFile(markOf(config), 'Loa đã được thiết lập ở đây. (Loa was set up here.)\n', { flag: 'wx' }))
    .catch(() => undefined);
}

/**
 * A database without units and accounts is one whose rows were lost, not a new one, when the data folder is marked as
 * set up or has audio. A server started on it would know no user and print a setup secret for anyone at the terminal.
 * Throws `database-emptied` and `database-broken` (503), each with the way out. `to-serve`: checks a small file
 * completely.
 */
export async function refuseLostDatabase(
  config: Config,
  why: 'to-work' | 'to-serve' | 'to-restore' = 'to-work',
): Promise<void> {
  const rows = await hasRows(config, why === 'to-serve');
  if (rows) await markSetUp(config);
  if (rows !== false || why === 'to-restore') return;
  const trace = await traceOfHouse(config);
  if (trace === undefined) return;
  const where = placeOf(config);
  throw new DomainError(
    'unavailable',
    'database-emptied',
    {
      vi: `Cơ sở dữ liệu (${where}) trống, nhưng ${trace} cho thấy hệ thống này đã hoạt động. Loa không bắt đầu lại từ đầu. Hãy kiểm tra LOA_DATABASE_URL và LOA_DATA_DIR, hoặc khôi phục bằng lệnh: loa restore <thư mục sao lưu>. Nếu thật sự muốn làm mới, hãy chuyển ${trace} đi nơi khác.`,
      en: `The database (${where}) is empty, but ${trace} shows that this house was at work. Check LOA_DATABASE_URL and LOA_DATA_DIR, or run: loa restore <backup folder>. To begin anew on purpose, move ${trace} away.`,
    },
    { trace },
  );
}

/** Undefined where this cannot be determined now: opening the database reports the reason. */
async function hasRows(config: Config, thoroughly: boolean): Promise<boolean | undefined> {
  if (!config.databaseUrl.startsWith('sqlite:')) return postgresHasRows(config);
  const file = config.databaseUrl.slice('sqlite:'.length);
  const seen = await stat(file).catch(() => undefined);
  if (!seen || seen.size === 0) return false;
  try {
    const db = new BetterSqlite3(file, { fileMustExist: true, timeout: 10_000 });
    try {
      const tables = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'account' AND type = 'table'").get();
      const found = tables !== undefined && db.prepare(someRow).pluck().get() === 1;
      if (thoroughly && seen.size <= QUICK_CHECK_BYTES) {
        const said = db.pragma('quick_check(1)', { simple: true });
        if (said !== 'ok') throw broken(file, new Error(String(said)));
      }
      return found;
    } finally {
      db.close();
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) throw broken(file, error);
    if (error instanceof DomainError) throw error;
    return undefined;
  }
}

async function postgresHasRows(config: Config): Promise<boolean | undefined> {
  const client = new pg.Client({ connectionString: config.databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const ask = async (sql: string) => (await client.query<{ found: boolean }>(sql)).rows[0]?.found === true;
    return (await ask("SELECT to_regclass('account') IS NOT NULL AS found")) && (await ask(someRow));
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What only an installation in use leaves behind. */
async function traceOfHouse(config: Config): Promise<string | undefined> {
  if (await stat(markOf(config)).catch(() => undefined)) return markOf(config);
  const clips = join(config.mediaDir, 'clips');
  for (const folder of await readdir(clips).catch(() => [])) {
    if ((await readdir(join(clips, folder)).catch(() => [])).some((name) => name.endsWith('.mp3'))) return clips;
  }
  return undefined;
}

function markOf({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'set-up');
}

function broken(file: string, cause: unknown): DomainError {
  return new DomainError(
    'unavailable',
    'database-broken',
    {
      vi: `Tệp cơ sở dữ liệu ${file} bị hỏng. Đừng chạy tiếp trên tệp này: hãy chuyển ${file} cùng các tệp ${file}-wal, ${file}-shm sang nơi khác, rồi khôi phục bằng lệnh: loa restore <thư mục sao lưu>.`,
      en: `The database file ${file} is broken. Move it, with ${file}-wal and ${file}-shm, to another place, then run: loa restore <backup folder>.`,
    },
    { file },
    { cause },
  );
}

/** A PostgreSQL URL may hold a password. */
function placeOf({ databaseUrl }: Config): string {
  return databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : 'PostgreSQL';
}
