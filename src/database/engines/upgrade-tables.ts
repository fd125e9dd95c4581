import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { SystemClock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { copyBeforeUpgrade } from './copy-before-upgrade.js';
import { postgresSource, sqliteSource } from './data-sources.js';
import { tryLock } from '../disk/file-lock.js';
import { IN_USE, UPGRADING } from './postgres-locks.js';
import { isOlder, schemaState } from './schema-state.js';

/** When two processes start together, the later one waits this long for the earlier one's upgrade. */
const WAIT_MS = 10 * 60_000;
/** A server that is told to stop takes some seconds; one that still runs after this time is not stopping. */
const LEAVE_MS = 15_000;
const LOOK_MS = 100;

export interface Upgraded {
  /** Migrations that ran. */
  applied: readonly string[];
  /** The copy that was made before, or null when the database was new or no copy was wanted. */
  copy: string | null;
}

/**
 * Upgrades the tables: all migrations or none, once, even when several processes start at the same moment, after a copy
 * of the existing database. Does nothing when they are up to date. `isServing`: the caller holds `claimServing`. Throws
 * `database-in-use` (409) while a server uses the tables, `database-newer` and `no-copy` (503).
 */
export async function upgradeTables(
  config: Config,
  { copy = true, isServing = false }: { copy?: boolean; isServing?: boolean } = {},
): Promise<Upgraded> {
  const source = await openSource(config);
  try {
    if ((await schemaState(source)).pending.length === 0) return { applied: [], copy: null };
    return await alone(config, source, async () => {
      const state = await schemaState(source);
      if (state.pending.length === 0) return { applied: [], copy: null };
      const change = async () => {
        const made = copy && isOlder(state) ? await copyBeforeUpgrade(config, new SystemClock().now()) : null;
        await source.runMigrations({ transaction: 'all' });
        return { applied: state.pending, copy: made };
      };
      // On PostgreSQL servers share, so holding `claimServing` does not exclude other servers.
      const isAlone = !isOlder(state) || (isServing && source.options.type !== 'postgres');
      return isAlone ? change() : unused(config, source, change);
    });
  } finally {
    await source.destroy();
  }
}

async function openSource({ databaseUrl }: Config): Promise<DataSource> {
  const source = databaseUrl.startsWith('sqlite:')
    ? sqliteSource(databaseUrl.slice('sqlite:'.length), 'write', 10_000)
    : postgresSource(databaseUrl, { poolSize: 4, patienceMs: null });
  return source.initialize();
}

/** One process at a time. */
async function alone<T>({ databaseUrl }: Config, source: DataSource, work: () => Promise<T>): Promise<T> {
  if (source.options.type === 'postgres') {
    const runner = source.createQueryRunner();
    try {
      await runner.query('SELECT pg_advisory_lock($1)', [UPGRADING]);
      return await work();
    } finally {
      // A broken connection has already released its lock.
      await runner.query('SELECT pg_advisory_unlock($1)', [UPGRADING]).catch(() => undefined);
      await runner.release();
    }
  }
  const file = databaseUrl.slice('sqlite:'.length);
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const release = tryLock(file, 'upgrading');
    if (release) return work().finally(release);
    if (performance.now() > until) throw databaseInUse();
    await pause(LOOK_MS);
  }
}

/**
 * Runs `work` while no server runs and none can start. On PostgreSQL every process that opens the tables takes a shared
 * lock first, so a process that starts during the upgrade waits for its end, and an older program then finds the tables
 * newer than itself.
 */
async function unused<T>({ databaseUrl }: Config, source: DataSource, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + LEAVE_MS;
  for (;;) {
    const release =
      source.options.type === 'postgres'
        ? await tryPostgresLock(source)
        : tryLock(databaseUrl.slice('sqlite:'.length), 'serving');
    if (release) return work().finally(release);
    if (performance.now() > until) throw databaseInUse();
    await pause(LOOK_MS);
  }
}

async function tryPostgresLock(source: DataSource): Promise<(() => Promise<void>) | undefined> {
  const runner = source.createQueryRunner();
  const [row]: { got: boolean }[] = await runner.query('SELECT pg_try_advisory_lock($1) AS got', [IN_USE]);
  if (!row?.got) return void (await runner.release());
  return async () => {
    // A broken connection has already released its lock.
    await runner.query('SELECT pg_advisory_unlock($1)', [IN_USE]).catch(() => undefined);
    await runner.release();
  };
}

function databaseInUse(): DomainError {
  return new DomainError('conflict', 'database-in-use', {
    vi: 'Dữ liệu cần nâng cấp cho bản Loa này, nhưng một máy chủ hoặc lệnh khác của Loa còn đang dùng. Hãy dừng tất cả máy chủ Loa đang dùng cơ sở dữ liệu này, rồi thử lại.',
    en: 'The tables must be upgraded for this version, but another server or command of Loa works on them. Stop all servers of Loa on this database and try again.',
  });
}
