import pg from 'pg';
import { IN_USE } from './postgres-locks.js';
import { compare, appliedMigrations } from './schema-state.js';

const AGAIN_MS = 2000;
const CONNECT_MS = 10000;

/**
 * Tells an upgrade that this process uses the tables, for the life of the process: an advisory lock on a connection of
 * its own, which PostgreSQL releases however the process ends. When the connection breaks it is opened again and the
 * tables are checked: an upgrade may have run in between, and then `onNewer` is called, once.
 */
export class UseLock {
  private client: pg.Client | undefined;
  private again: NodeJS.Timeout | undefined;
  private isReleased = false;

  private constructor(
    private readonly url: string,
    private readonly onNewer: (why: unknown) => void,
  ) {}

  static async take(url: string, onNewer: (why: unknown) => void): Promise<UseLock> {
    const lock = new UseLock(url, onNewer);
    await lock.connect();
    return lock;
  }

  async release(): Promise<void> {
    this.isReleased = true;
    clearTimeout(this.again);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      application_name: 'loa in use',
    });
    client.on('error', () => undefined);
    client.once('end', () => this.connectLater());
    this.client = client;
    await client.connect();
    await client.query('SELECT pg_advisory_lock_shared($1)', [IN_USE]);
  }

  private connectLater(): void {
    if (this.isReleased) return;
    this.again = setTimeout(() => void this.reconnect(), AGAIN_MS).unref();
  }

  private async reconnect(): Promise<void> {
    try {
      await this.connect();
    } catch {
      this.client?.removeAllListeners('end');
      await this.client?.end().catch(() => undefined);
      return this.connectLater();
    }
    if (this.isReleased) return this.release();
    try {
      compare(await appliedMigrations(async (sql) => (await this.client!.query(sql)).rows, true));
    } catch (error) {
      if ((error as { code?: string }).code === 'database-newer') this.onNewer(error);
    }
  }
}
