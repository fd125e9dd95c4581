import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/**
 * A lock between processes: SQLite's own lock on an empty file beside the database, `<database>-<name>`. The system
 * releases it however the process ends, so there is nothing to clean up. Returns the release, or undefined when another
 * process holds the lock; blocks for up to `waitMs` before it gives up.
 */
export function tryLock(databaseFile: string, name: string, waitMs = 0): (() => void) | undefined {
  const lock = new BetterSqlite3(`${realFile(databaseFile)}-${name}`, { timeout: waitMs });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  return () => void lock.close();
}

/** Another path to the same file must give the same lock. */
export function realFile(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  return existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));
}
