import { setTimeout as pause } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BUSY_MS, sqliteSource } from './data-sources.js';
import type { Lane } from './lane.js';
import { ReportGroups, type Work } from './report-groups.js';
import { storageFaultOf, TransactionLost } from '../disk/storage-fault.js';
import { SerialQueue } from './serial-queue.js';

/** While a process starts it answers no requests, and another process may be creating the tables. */
const START_BUSY_MS = 10_000;
/**
 * How long a transaction keeps asking for the write lock that another process holds, counted from its first attempt.
 */
const PATIENCE_MS = 5_000;
/** Between two attempts; random, so that two processes do not ask in step. */
const pauseMs = () => 20 + Math.random() * 80;

/**
 * The one writing connection of a SQLite file. Transactions queue; each begins by taking the write lock.
 *
 * SQLite ends a transaction by itself when the disk is full or fails. TypeORM's runner does not notice: it keeps
 * counting, and everything after becomes a savepoint outside any transaction. So this class issues BEGIN, COMMIT and
 * ROLLBACK itself and checks SQLite's state (`inTransaction`) each time; a connection that cannot be proved to be
 * outside a transaction is replaced.
 */
export class SqliteWriter {
  private readonly turns = new SerialQueue();
  private readonly reports = new ReportGroups(
    (group) => this.turns.take(group, 'machines'),
    (work, committing, until) => this.take(work, committing, until),
  );
  private source?: DataSource;
  /** Prepared statements of this connection; every transaction has a runner of its own, which takes them over. */
  private statements = new Map<string, unknown>();

  private constructor(private readonly file: string) {}

  /** Also upgrades the tables. */
  static async open(file: string): Promise<SqliteWriter> {
    const writer = new SqliteWriter(file);
    const source = await writer.connect(START_BUSY_MS);
    await source.query(`PRAGMA busy_timeout = ${BUSY_MS}`);
    return writer;
  }

  /** Resolves when SQLite has confirmed the COMMIT. `committing` is called right before it. */
  transaction<T>(work: Work<T>, committing: () => void, lane: Lane = 'people'): Promise<T> {
    const until = performance.now() + PATIENCE_MS;
    if (lane === 'machines') return this.reports.take(work, committing, until);
    return this.turns.take(() => this.take(work, committing, until), lane);
  }

  async close(): Promise<void> {
    const { source } = this;
    this.source = undefined;
    this.statements = new Map();
    if (source?.isInitialized) await source.destroy();
  }

  private async connect(waitMs?: number): Promise<DataSource> {
    const source = sqliteSource(this.file, 'write', waitMs);
    await source.initialize();
    return (this.source = source);
  }

  private async take<T>(work: Work<T>, committing: () => void, until: number): Promise<T> {
    // The connection was discarded before, and reconnecting may fail.
    const source = this.source ?? (await this.connect());
    const runner = new TransactionRunner(source.driver as BetterSqlite3Driver);
    const manager = source.createEntityManager(runner);
    Object.assign(runner, { manager, stmtCache: this.statements });
    try {
      await begin(runner, until);
      const answer = await work(manager);
      committing();
      await runner.end('COMMIT');
      return answer;
    } catch (error) {
      await runner.end('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      runner.retire();
      if (runner.isInside || runner.isUnsound) await this.close().catch(() => undefined);
    }
  }
}

async function begin(runner: TransactionRunner, until: number): Promise<void> {
  for (;;) {
    try {
      return await runner.begin();
    } catch (error) {
      if (storageFaultOf(error) !== 'busy' || performance.now() > until) throw error;
      await pause(pauseMs());
    }
  }
}

type Query = BetterSqlite3QueryRunner['query'];

/** For one transaction: a reference kept after its end cannot run queries. */
class TransactionRunner extends BetterSqlite3QueryRunner {
  /** A disk fault may have left the connection with cached pages that are not on the disk. */
  isUnsound = false;
  private hasBegun = false;
  private failure?: unknown;

  get isInside(): boolean {
    const { open, inTransaction } = this.handle;
    return open && inTransaction;
  }

  async begin(): Promise<void> {
    if (this.isInside) {
      this.isUnsound = true;
      throw new TransactionLost();
    }
    await super.query('BEGIN IMMEDIATE');
    if (!this.isInside) throw new TransactionLost();
    // Tells TypeORM that a transaction is open; otherwise it opens one of its own around a save().
    this.isTransactionActive = true;
    this.transactionDepth = 1;
    this.hasBegun = true;
  }

  /** Does nothing when SQLite has already rolled back; a COMMIT then fails. */
  async end(how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    if (!this.hasBegun) return;
    if (!this.isInside) {
      if (how === 'COMMIT') throw new TransactionLost({ cause: this.failure });
      return;
    }
    await this.asked(how);
    if (this.isInside) throw new TransactionLost();
    this.hasBegun = false;
  }

  retire(): void {
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    this.isReleased = true;
  }

  /** Work that swallows the error by which SQLite ended the transaction must not continue outside of it. */
  override async query(...asked: Parameters<Query>): ReturnType<Query> {
    if (this.hasBegun && !this.isInside) throw new TransactionLost({ cause: this.failure });
    return this.asked(...asked);
  }

  private async asked(...asked: Parameters<Query>): ReturnType<Query> {
    try {
      return await super.query(...asked);
    } catch (error) {
      const fault = storageFaultOf(error);
      if (fault) this.failure = error;
      if (fault === 'input-output' || fault === 'corrupt') this.isUnsound = true;
      throw error;
    }
  }

  private get handle(): BetterSqlite3.Database {
    return (this.driver as unknown as { databaseConnection: BetterSqlite3.Database }).databaseConnection;
  }
}
