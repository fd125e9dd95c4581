import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, type EntityManager, getMetadataArgsStorage } from 'typeorm';
import { Config } from '../config/config.js';
import { migrations } from './migrations/index.js';
import { TurnQueue } from './turn-queue.js';

const serialisationFailures = new Set(['40001', '40P01']);

/**
 * The one way to the rows. `read()` for questions, `write()` for one transaction per sentence.
 *
 * SQLite has one writer: transactions queue behind it, each begins by taking the write lock (so that
 * a second process waits instead of failing in the middle), and questions outside a transaction go to
 * a second, read-only connection that never sees what is not yet committed. PostgreSQL transactions
 * run side by side and are tried again, at most three times, when the server reports a serialisation
 * failure or a deadlock.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly isPostgres: boolean;
  private writer?: DataSource;
  private reader?: DataSource;
  private readonly turns = new TurnQueue();
  private readonly inside = new AsyncLocalStorage<true>();
  private readonly afterCommits = new WeakMap<EntityManager, (() => void)[]>();
  /** Of the transactions that are running. */
  private readonly beforeCommits = new WeakMap<EntityManager, (() => Promise<void>)[]>();

  constructor(private readonly config: Config) {
    this.isPostgres = !config.databaseUrl.startsWith('sqlite:');
  }

  /** Connects and brings the tables up to date. Called once, before anything else is started. */
  async open(): Promise<void> {
    if (this.writer) return;
    const writer = this.isPostgres ? this.postgres() : this.sqlite(false);
    await writer.initialize();
    this.writer = writer;
    await this.migrate(writer);
    if (this.isPostgres) {
      this.reader = writer;
    } else {
      const reader = this.sqlite(true);
      await reader.initialize();
      this.reader = reader;
    }
  }

  /** For questions outside a transaction. Writing through it is an error on SQLite. */
  read(): EntityManager {
    if (!this.reader) throw new Error('the database is not open');
    return this.reader.manager;
  }

  /** One transaction. Throws on a write inside a write: the inner one must take the outer's `tx`. */
  async write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    if (this.inside.getStore()) throw new Error('a transaction inside a transaction: pass the tx on');
    const once = () => this.inside.run(true, () => this.transact(work));
    if (!this.isPostgres) return this.turns.take(once);
    for (let attempt = 1; ; attempt++) {
      try {
        return await once();
      } catch (error) {
        const code = (error as { driverError?: { code?: string } }).driverError?.code ?? '';
        if (attempt >= 3 || !serialisationFailures.has(code)) throw error;
      }
    }
  }

  /** Many questions about one moment, outside the line of writers. Never writes. */
  async snapshot<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    if (!this.reader) throw new Error('the database is not open');
    if (this.isPostgres) return this.reader.transaction('REPEATABLE READ', work);
    // A connection of its own: a transaction on the shared one would hold everybody's questions in the past.
    const own = this.sqlite(true);
    await own.initialize();
    try {
      return await own.transaction(work);
    } finally {
      await own.destroy();
    }
  }

  /** Runs `action` when `tx` has been committed, outside of it; never when it is rolled back. It must not throw. */
  afterCommit(tx: EntityManager, action: () => void): void {
    const list = this.afterCommits.get(tx) ?? [];
    list.push(action);
    this.afterCommits.set(tx, list);
  }

  /** Runs `action` inside `tx` as its last step; whatever it locks is held only for the moment of the commit. */
  beforeCommit(tx: EntityManager, action: () => Promise<void>): void {
    const list = this.beforeCommits.get(tx);
    if (!list) throw new Error('this is not the manager of a transaction of Database.write()');
    list.push(action);
  }

  async close(): Promise<void> {
    const open = new Set([this.reader, this.writer]);
    this.reader = undefined;
    this.writer = undefined;
    for (const source of open) if (source?.isInitialized) await source.destroy();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async transact<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    if (!this.writer) throw new Error('the database is not open');
    let done: EntityManager | undefined;
    const result = await this.writer.transaction(async (tx) => {
      done = tx;
      // A statement that writes nothing but takes SQLite's write lock before the first question.
      if (!this.isPostgres) await tx.query('DELETE FROM migrations WHERE 0');
      const last: (() => Promise<void>)[] = [];
      this.beforeCommits.set(tx, last);
      const answer = await work(tx);
      for (const action of last) await action();
      this.beforeCommits.delete(tx);
      return answer;
    });
    for (const action of (done && this.afterCommits.get(done)) ?? []) this.inside.exit(action);
    return result;
  }

  private async migrate(writer: DataSource): Promise<void> {
    if (!this.isPostgres) {
      await writer.runMigrations({ transaction: 'each' });
      return;
    }
    // Two processes that start together must not migrate together.
    const runner = writer.createQueryRunner();
    try {
      await runner.query('SELECT pg_advisory_lock(7274)');
      await writer.runMigrations({ transaction: 'each' });
    } finally {
      await runner.query('SELECT pg_advisory_unlock(7274)');
      await runner.release();
    }
  }

  private sqlite(readonly: boolean): DataSource {
    const file = this.config.databaseUrl.slice('sqlite:'.length);
    if (!readonly) mkdirSync(dirname(file), { recursive: true });
    return new DataSource({
      type: 'better-sqlite3',
      database: file,
      readonly,
      timeout: 10_000,
      enableWAL: !readonly,
      prepareDatabase: (db: BetterSqlite3.Database) => {
        // A reopened WAL file falls back to NORMAL, which can lose the last commits in a power cut.
        if (!readonly) db.pragma('synchronous = FULL');
      },
      ...common(),
    });
  }

  private postgres(): DataSource {
    // Counting a province looks costly to the planner, which then compiles the statement for longer than it runs.
    const extra = { options: '-c jit=off' };
    return new DataSource({ type: 'postgres', url: this.config.databaseUrl, poolSize: 10, extra, ...common() });
  }
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
