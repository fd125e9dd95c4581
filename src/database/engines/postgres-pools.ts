import type { DataSource, EntityManager } from 'typeorm';
import { postgresSource } from './data-sources.js';
import type { Lane } from './lane.js';
import { postgresTransaction } from './postgres-writer.js';
import { storageFaultOf } from '../disk/storage-fault.js';
import { SerialQueue } from './serial-queue.js';

const PEOPLE = 10;
/** The remaining connections are left for queries. */
const PEOPLE_WRITE = PEOPLE - 3;
const MACHINES = 8;
/**
 * The remaining connections of the machines are left for their queries. Commits that come together are one write to the
 * disk.
 */
const MACHINES_WRITE = MACHINES - 2;
/** For long reads of one consistent state. */
const PATIENT = 2;

/**
 * The connections to PostgreSQL: a pool for people's requests, a small one for station reports, so that a thousand
 * reports at once leave people theirs, and one without time limits. Transactions wait for their turn here, however many
 * they are, and not in the pool, whose waiting time is limited; when the server cannot be reached, all waiting
 * transactions fail at once.
 */
export class PostgresPools {
  private readonly turns: Readonly<Record<Lane, SerialQueue>> = {
    people: new SerialQueue(PEOPLE_WRITE),
    machines: new SerialQueue(MACHINES_WRITE),
  };
  /** The last time that the server could not be reached, by a monotonic clock. */
  private away?: { at: number; error: unknown };

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
    const asked = performance.now();
    return this.turns[lane].take(async () => {
      if (this.away && this.away.at > asked) throw this.away.error;
      try {
        return await postgresTransaction(this.source(lane), work, committing);
      } catch (error) {
        if (storageFaultOf(error) === 'unreachable') this.away = { at: performance.now(), error };
        throw error;
      }
    }, lane);
  }

  snapshot<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.patient.transaction('REPEATABLE READ', work);
  }

  async close(): Promise<void> {
    const all = [...Object.values(this.lanes), this.patient];
    await Promise.all(all.filter((one) => one.isInitialized).map((one) => one.destroy()));
  }
}
