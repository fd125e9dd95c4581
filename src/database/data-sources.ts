import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { migrations } from './migrations/index.js';

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

export function postgresSource(url: string): DataSource {
  // Counting a province looks costly to the planner, which then compiles the statement for longer than it runs.
  const extra = { options: '-c jit=off' };
  return new DataSource({ type: 'postgres', url, poolSize: 10, extra, ...common() });
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
