import type { DataSource, EntityManager } from 'typeorm';
import { postgresSource } from './data-sources.js';
import type { Lane } from './lane.js';
import { postgresTransaction } from './postgres-writer.js';
import { TurnQueue } from './turn-queue.js';

const PEOPLE = 10;
const MACHINES = 8;
/** Connections of the machines are left for their questions. Commits that come together are one write to the disk. */
const MACHINES_WRITE = MACHINES - 2;
/** What is read for long about one moment. */
const PATIENT = 2;

/**
 * The connections to PostgreSQL: a pool for what people wait for, a small one for what stations report, so that a thousand
 * reports at once leave people theirs, and one without limits of time. Reports wait for their turn here and not in the pool,
 * where waiting has an end.
 */
export class PostgresPools {
  private readonly reports = new TurnQueue(MACHINES_WRITE);

  private constructor(
    private readonly lanes: Readonly<Record<Lane, DataSource>>,
    private readonly patient: DataSource,
  ) {}

  static async open(url: string, patienceMs: number): Promise<PostgresPools> {
    const patient = postgresSource(url, { poolSize: PATIENT, patienceMs: null });
    const people = postgresSource(url, { poolSize: PEOPLE, patienceMs });
    const machines = postgresSource(url, { poolSize: MACHINES, patienceMs });
    const pools = new PostgresPools({ people, machines }, patient);
    try {
      await Promise.all([people, machines, patient].map((one) => one.initialize()));
    } catch (error) {
      await pools.close();
      throw error;
    }
    return pools;
  }

  source(lane: Lane): DataSource {
    return this.lanes[lane];
  }

  transaction<T>(work: (tx: EntityManager) => Promise<T>, committing: () => void, lane: Lane): Promise<T> {
    const once = () => postgresTransaction(this.source(lane), work, committing);
    return lane === 'machines' ? this.reports.take(once, lane) : once();
  }

  snapshot<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.patient.transaction('REPEATABLE READ', work);
  }

  async close(): Promise<void> {
    const all = [...Object.values(this.lanes), this.patient];
    await Promise.all(all.filter((one) => one.isInitialized).map((one) => one.destroy()));
  }
}
