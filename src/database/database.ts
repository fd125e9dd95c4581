import { AsyncLocalStorage } from 'node:async_hooks';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { SystemClock } from '../shared/clock.js';
import { sqliteSource } from './engines/data-sources.js';
import { DatabaseTimes } from './engines/database-times.js';
import { FreeSpace } from './disk/free-space.js';
import { currentLane, lanes, outsideLanes } from './engines/lane.js';
import { refuseLostDatabase } from './engines/lost-database.js';
import { UseLock } from './engines/use-lock.js';
import { PostgresPools } from './engines/postgres-pools.js';
import { databaseOlder, isOlder, schemaState } from './engines/schema-state.js';
import { SqliteWriter } from './engines/sqlite-writer.js';
import { type StorageFault, StorageError, storageFaultOf } from './disk/storage-fault.js';
import { upgradeTables } from './engines/upgrade-tables.js';
import { probeDisk, probePostgres, probeSqlite } from './disk/write-probe.js';
import { WriteHealth } from './disk/write-health.js';

const serialisationFailures = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 8;

/**
 * Doubled with each attempt. The actual pause is a random part of it, so that colliding transactions do not collide
 * again.
 */
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

interface FirstWrite {
  readonly action: (tx: EntityManager) => Promise<void>;
  state: 'open' | 'taken' | 'over';
}

/**
 * The one access to the tables: `read()` for queries, `write()` for one transaction per use case.
 *
 * SQLite has one writer: transactions queue behind it (`SqliteWriter`), and queries outside a transaction use a second,
 * read-only connection that never sees uncommitted rows. PostgreSQL transactions run side by side and are tried again,
 * at most eight times, when the server reports a serialisation failure or a deadlock. Requests of people go before
 * reports of machines (`engines/lane.ts`).
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly isPostgres: boolean;
  readonly times = new DatabaseTimes();
  private writer?: SqliteWriter;
  /** On SQLite. */
  private reader?: DataSource;
  private inUse?: UseLock;
  private pools?: PostgresPools;
  private readonly inside = new AsyncLocalStorage<true>();
  private readonly firstWrites = new AsyncLocalStorage<FirstWrite>();
  private readonly afterCommits = new WeakMap<EntityManager, (() => void)[]>();
  /** Hooks of the running transactions. */
  private readonly beforeCommits = new WeakMap<EntityManager, (() => Promise<void>)[]>();
  /**
   * The probe's timer starts in the async context of the write that failed; `exit` keeps that context out of the probe.
   */
  private readonly health = new WriteHealth(() => this.firstWrites.exit(() => this.probe()));
  /** Disks fill up in real time, whatever the application's clock says. */
  private readonly space = new FreeSpace(new SystemClock());

  constructor(private readonly config: Config) {
    this.isPostgres = !config.databaseUrl.startsWith('sqlite:');
  }

  /**
   * Connects, and creates the tables in a new database. Called once, before anything else starts. Throws
   * `database-emptied`, `database-broken`, `database-older` and `database-newer` (503): only `upgradeTables` changes
   * existing tables. With `to-restore` it accepts an empty database.
   */
  async open(why: 'to-work' | 'to-restore' = 'to-work'): Promise<void> {
    if (this.reader ?? this.pools) return;
    await refuseLostDatabase(this.config, why);
    if (this.isPostgres) this.inUse = await UseLock.take(this.config.databaseUrl, endOldProgram);
    try {
      await this.connect();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** For queries outside a transaction. Writing through it is an error on SQLite. */
  read(): EntityManager {
    const source = this.pools?.source(currentLane()) ?? this.reader;
    if (!source) throw new Error('the database is not open');
    return source.manager;
  }

  /** Why writes fail at present; undefined while they succeed. */
  get fault(): StorageFault | undefined {
    return this.health.fault;
  }

  /**
   * Runs one transaction and commits what `work` returns. Throws on a write inside a write: the inner one must take the
   * outer's `tx`. Throws a `StorageError` when the disk, the file or the server fails to store the rows.
   */
  async write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    if (this.inside.getStore()) throw new Error('a transaction inside a transaction: pass the tx on');
    return this.times.of('transaction', () => this.committed(work));
  }

  private async committed<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    let isCommitting = false;
    try {
      if (await this.isOutOfSpace()) throw new StorageError('full', 'not-saved');
      return await this.attempts(() => {
        isCommitting = false;
        return this.inside.run(true, () => this.transact(work, () => (isCommitting = true)));
      });
    } catch (error) {
      const fault = storageFaultOf(error);
      if (!fault) throw error;
      // A failure of the COMMIT itself may have committed without a confirmation.
      const isInDoubt = isCommitting && (fault === 'input-output' || fault === 'unreachable');
      const failure = new StorageError(fault, isInDoubt ? 'in-doubt' : 'not-saved', { cause: error });
      // A deadlock on PostgreSQL, or work that continued after its own error, says nothing about whether other writes
      // succeed.
      if (fault !== 'lost' && !(fault === 'busy' && this.isPostgres)) this.health.failed(failure);
      throw failure;
    }
  }

  /** For notes beside a query, such as when a user was last seen: the query is answered even while writes fail. */
  async writeIfPossible(work: (tx: EntityManager) => Promise<unknown>): Promise<void> {
    try {
      await this.write(work);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** Many queries on one consistent state, outside the queue of writers. Never writes. */
  snapshot<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.times.of('snapshot', () => this.inSnapshot(work));
  }

  private async inSnapshot<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    if (this.pools) return this.pools.snapshot(work);
    if (!this.reader) throw new Error('the database is not open');
    // A connection of its own: a transaction on the shared one would give every other query an old state.
    const own = sqliteSource(this.file, 'read');
    await own.initialize();
    try {
      return await own.transaction(work);
    } finally {
      await own.destroy();
    }
  }

  /**
   * Runs `work`. `action` becomes the last step of the first transaction that `work` commits; a transaction that
   * background work starts after `work` has ended does not run it.
   */
  withFirstWrite<T>(action: (tx: EntityManager) => Promise<void>, work: () => Promise<T>): Promise<T> {
    const first: FirstWrite = { action, state: 'open' };
    return this.firstWrites.run(first, work).finally(() => (first.state = 'over'));
  }

  /** Runs `action` after `tx` is committed, outside of it; never when it is rolled back. It must not throw. */
  afterCommit(tx: EntityManager, action: () => void): void {
    const list = this.afterCommits.get(tx) ?? [];
    list.push(action);
    this.afterCommits.set(tx, list);
  }

  /** Runs `action` inside `tx` as its last step; any lock it takes is held only for the moment of the commit. */
  beforeCommit(tx: EntityManager, action: () => Promise<void>): void {
    const list = this.beforeCommits.get(tx);
    if (!list) throw new Error('this is not the manager of a transaction of Database.write()');
    list.push(action);
  }

  async close(): Promise<void> {
    const { pools, reader, writer } = this;
    this.health.stop();
    this.pools = undefined;
    this.reader = undefined;
    this.writer = undefined;
    await pools?.close();
    if (reader?.isInitialized) await reader.destroy();
    await writer?.close();
    await this.inUse?.release();
    // Node copies every enabled AsyncLocalStorage into every promise of the process, also that of a closed database.
    this.inside.disable();
    this.firstWrites.disable();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async connect(): Promise<void> {
    const source = await this.openSource();
    const state = await schemaState(source);
    if (isOlder(state)) throw databaseOlder(state);
    if (state.pending.length > 0) await upgradeTables(this.config);
  }

  /** A data source that is already connected. */
  private async openSource(): Promise<DataSource> {
    const { databaseUrl, databasePatienceMs } = this.config;
    const isInside = () => this.inside.getStore() === true;
    if (this.isPostgres) {
      this.pools = await PostgresPools.open(databaseUrl, databasePatienceMs);
      for (const lane of lanes) this.times.statements(this.pools.source(lane), isInside);
      return this.pools.source('people');
    }
    this.writer = await SqliteWriter.open(this.file);
    this.reader = await sqliteSource(this.file, 'read').initialize();
    return this.times.statements(this.reader, isInside);
  }

  private get file(): string {
    return this.config.databaseUrl.slice('sqlite:'.length);
  }

  private async attempts<T>(once: () => Promise<T>): Promise<T> {
    if (!this.isPostgres) return once();
    for (let attempt = 1; ; attempt++) {
      try {
        return await once();
      } catch (error) {
        const code = (error as { driverError?: { code?: string } }).driverError?.code ?? '';
        if (attempt >= MAX_ATTEMPTS || !serialisationFailures.has(code)) throw error;
        await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
      }
    }
  }

  private async transact<T>(work: (tx: EntityManager) => Promise<T>, committing: () => void): Promise<T> {
    let done: EntityManager | undefined;
    const all = async (tx: EntityManager) => {
      done = tx;
      const last: (() => Promise<void>)[] = [];
      this.beforeCommits.set(tx, last);
      const answer = await work(tx);
      if (first) await first.action(tx);
      for (const action of last) await action();
      this.beforeCommits.delete(tx);
      return answer;
    };
    const first = this.takeFirst();
    const result = await this.transaction(all, committing).catch((error: unknown) => {
      if (first?.state === 'taken') first.state = 'open';
      throw error;
    });
    for (const action of (done && this.afterCommits.get(done)) ?? []) {
      outsideLanes(() => this.firstWrites.exit(() => this.inside.exit(action)));
    }
    return result;
  }

  /** When one request runs two transactions at once, only one of them is the first. */
  private takeFirst(): FirstWrite | undefined {
    const first = this.firstWrites.getStore();
    if (first?.state !== 'open') return undefined;
    first.state = 'taken';
    return first;
  }

  private transaction<T>(work: (tx: EntityManager) => Promise<T>, committing: () => void): Promise<T> {
    const writer = this.writer ?? this.pools;
    if (!writer) throw new Error('the database is not open');
    return writer.transaction(work, committing, currentLane());
  }

  /**
   * Refuses before SQLite itself finds the disk full: only a transaction that is refused as a whole changes nothing.
   */
  private async isOutOfSpace(): Promise<boolean> {
    return !this.isPostgres && (await this.space.isBelow(dirname(this.file), this.config.reserve.databaseBytes));
  }

  private async probe(): Promise<void> {
    if (this.isPostgres) {
      await this.inside.run(true, () => this.transact(probePostgres, () => undefined));
      return;
    }
    const free = await this.space.freeBytesNow(dirname(this.file));
    if (free < this.config.reserve.databaseBytes) throw new Error('the reserve is used up');
    await probeDisk(this.file);
    await this.inside.run(true, () => this.transact(probeSqlite, () => undefined));
  }
}

/** A newer program changed the tables while the connection was broken: this program might write wrong rows. */
function endOldProgram(why: unknown): void {
  new Logger('Database').fatal(why instanceof Error ? why.message : String(why));
  process.kill(process.pid, 'SIGTERM');
}
