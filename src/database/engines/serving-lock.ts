import pg from 'pg';
import type { Config } from '../../config/config.js';
import { SERVING, STARTING } from './postgres-locks.js';

const CALL_MS = 30_000;

/**
 * Which servers run on a PostgreSQL database: each server holds a shared lock on a connection of its own, which
 * PostgreSQL releases however the process ends. On SQLite only one process serves (`claimServing`), and this class does
 * nothing.
 */
export class ServingLock {
  private client?: pg.Client;
  private ended = false;

  constructor(private readonly config: Config) {}

  /**
   * Runs `work` while no other server starts, passes it whether other servers run, and holds the serving lock from then
   * on.
   */
  async start(work: (others: boolean) => Promise<void>): Promise<void> {
    if (this.config.databaseUrl.startsWith('sqlite:')) return work(false);
    const client = await this.connect();
    await client.query('SELECT pg_advisory_lock($1)', [STARTING]);
    const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [SERVING]);
    await work(!rows[0]?.alone);
    await client.query('SELECT pg_advisory_lock_shared($1)', [SERVING]);
    if (rows[0]?.alone) await client.query('SELECT pg_advisory_unlock($1)', [SERVING]);
    await client.query('SELECT pg_advisory_unlock($1)', [STARTING]);
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      connectionTimeoutMillis: CALL_MS,
      keepAlive: true,
    });
    client.on('error', () => undefined);
    await client.connect();
    client.on('end', () => this.again());
    this.client = client;
    return client;
  }

  /** The database was restarted or the connection broke: keep serving, and take the lock again. */
  private again(): void {
    if (this.ended) return;
    setTimeout(() => {
      if (this.ended) return;
      this.connect()
        .then((client) => client.query('SELECT pg_advisory_lock_shared($1)', [SERVING]))
        .catch(() => this.again());
    }, 1_000).unref();
  }
}
