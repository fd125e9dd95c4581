import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { EvictedClient } from './evicted-client.js';
import { migrations } from '../migrations/index.js';

/** SQLite waits for another process synchronously and blocks this one, so the wait is short. */
export const BUSY_MS = 50;

export function sqliteSource(file: string, access: 'read' | 'write', waitMs = BUSY_MS): DataSource {
  const readonly = access === 'read';
  if (!readonly) mkdirSync(dirname(file), { recursive: true });
  return new DataSource({
    type: 'better-sqlite3',
    database: file,
    readonly,
    timeout: waitMs,
    enableWAL: !readonly,
    prepareDatabase: (db: BetterSqlite3.Database) => {
      // A reopened WAL file falls back to NORMAL, which can lose the last commits in a power cut.
      if (!readonly) db.pragma('synchronous = FULL');
    },
    ...common(),
  });
}

/** How long to wait for the server, and how many connections. `patienceMs` null: no limit. */
export interface PostgresLimits {
  poolSize: number;
  patienceMs: number | null;
}

/**
 * The server ends a statement at its own limit; the connection is given up this much later when the server stays
 * silent.
 */
const LATER_THAN_SERVER_MS = 1_000;
/** An abandoned transaction holds its locks no longer than this many times the patience. */
const IDLE_TIMES = 4;
const CONNECT_MS = 15_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

export function postgresSource(url: string, { poolSize, patienceMs }: PostgresLimits): DataSource {
  const extra = {
    // The planner overestimates counting a province and then spends more time on JIT compilation than on the statement.
    options: '-c jit=off',
    Client: EvictedClient,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    connectionTimeoutMillis: patienceMs ?? CONNECT_MS,
    ...(patienceMs !== null && {
      statement_timeout: patienceMs,
      query_timeout: patienceMs + LATER_THAN_SERVER_MS,
      idle_in_transaction_session_timeout: IDLE_TIMES * patienceMs,
    }),
  };
  return new DataSource({ type: 'postgres', url, poolSize, extra, ...common() });
}

/** Every imported class that is decorated as an entity is known: a folder needs no registration. */
function common() {
  return {
    entities: getMetadataArgsStorage().tables.map((table) => table.target as new () => object),
    migrations,
    migrationsTableName: 'migrations',
    synchronize: false,
    logging: false,
  } as const;
}
