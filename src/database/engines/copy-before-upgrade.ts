import { spawn } from 'node:child_process';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Config } from '../../config/config.js';
import type { Instant } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { measureFreeBytes } from '../disk/free-space.js';

/** A dump of a large city's rows takes minutes; a server that hangs must not block the start for ever. */
const DUMP_MS = 60 * 60_000;

/**
 * Copies the database unchanged, so that an operator can go back to the previous program: the SQLite file, or the
 * output of `pg_dump` (custom format, for `pg_restore`). Returns the file. Throws `no-copy` (503) with the reason;
 * leaves no partial file.
 */
export async function copyBeforeUpgrade(config: Config, now: Instant): Promise<string> {
  const stamp = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '');
  const sqlite = config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : undefined;
  const target = join(config.backupDir, `before-upgrade-${stamp}.${sqlite ? 'sqlite' : 'dump'}`);
  const part = `${target}.part`;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await (sqlite ? copySqlite(sqlite, part) : dumpPostgres(config, part));
    const file = await open(part, 'r+');
    await file.sync().finally(() => file.close());
    await rename(part, target);
    return target;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw noCopy(target, error);
  }
}

async function copySqlite(file: string, target: string): Promise<void> {
  const bytes = (await Promise.all([file, `${file}-wal`].map(sizeOf))).reduce((sum, size) => sum + size, 0);
  const free = await measureFreeBytes(dirname(target));
  if (free < bytes) throw new Error(`${Math.ceil(bytes / 1e6)} MB are needed, ${Math.floor(free / 1e6)} MB are free`);
  const db = new BetterSqlite3(file, { timeout: 10_000 });
  try {
    await db.backup(target);
  } finally {
    db.close();
  }
  const copy = new BetterSqlite3(target);
  try {
    // Makes the copy a single file without a WAL beside it.
    copy.pragma('journal_mode = DELETE');
    const said = copy.pragma('quick_check(1)', { simple: true });
    if (said !== 'ok') throw new Error(String(said));
  } finally {
    copy.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** The child gets the password in its environment: every user of the machine can see a command line. */
function dumpPostgres(config: Config, target: string): Promise<void> {
  const url = new URL(config.databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  const args = ['--format=custom', '--no-password', `--file=${target}`, `--dbname=${url.href}`];
  return new Promise((resolve, reject) => {
    const child = spawn('pg_dump', args, {
      env: { PATH: config.tools.path, ...(password ? { PGPASSWORD: password } : {}) },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: DUMP_MS,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(said.trim() || `pg_dump: ${String(code)}`)),
    );
  });
}

function noCopy(target: string, cause: unknown): DomainError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const isMissing = (cause as { syscall?: string }).syscall === 'spawn pg_dump';
  const way = isMissing
    ? { vi: 'Hãy cài pg_dump (gói postgresql-client).', en: 'Install pg_dump (package postgresql-client).' }
    : { vi: 'Hãy sửa nguyên nhân.', en: 'Mend the cause.' };
  return new DomainError(
    'unavailable',
    'no-copy',
    {
      vi: `Chưa nâng cấp dữ liệu, vì không chép lại được bản hiện tại vào ${target}. ${way.vi} Nếu đã có bản sao lưu khác, chạy: loa migrate --without-copy`,
      en: `The tables were not upgraded, because they could not be copied to ${target}. ${way.en} With another backup at hand, run: loa migrate --without-copy`,
    },
    { reason },
    { cause },
  );
}
