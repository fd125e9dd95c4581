import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { EvictedClient } from './evicted-client.js';
import { migrations } from '../migrations/index.js';

/** SQLite waits for another process without letting anybody of its own run, so it waits this long only. */
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

/** How long the server is waited for, and by how many at a time. `patienceMs` null: as long as it takes. */
export interface PostgresLimits {
  poolSize: number;
  patienceMs: number | null;
}

/** A server that says nothing is given up a moment after it should have given up itself. */
const LATER_THAN_SERVER_MS = 1_000;
/** A transaction that nobody goes on with holds its locks no longer than so many times the patience. */
const IDLE_TIMES = 4;
const CONNECT_MS = 15_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

export function postgresSource(url: string, { poolSize, patienceMs }: PostgresLimits): DataSource {
  const extra = {
    // Counting a province looks costly to the planner, which then compiles the statement for longer than it runs.
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

/** Every class that is decorated as an entity and has been imported is known: a folder needs no registration. */
function common() {
  return {
    entities: getMetadataArgsStorage().tables.map((table) => table.target as new () => object),
    migrations,
    migrationsTableName: 'migrations',
    synchronize: false,
    logging: false,
  } as const;
}
