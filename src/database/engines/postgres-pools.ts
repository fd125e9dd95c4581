import type { DataSource, EntityManager } from 'typeorm';
import { postgresSource } from './data-sources.js';
import type { Lane } from './lane.js';
import { postgresTransaction } from './postgres-writer.js';
import { storageFaultOf } from '../disk/storage-fault.js';
import { SerialQueue } from './serial-queue.js';

const PEOPLE = 10;
/** Some connections are left for questions. */
const PEOPLE_WRITE = PEOPLE - 3;
const MACHINES = 8;
/** Connections of the machines are left for their questions. Commits that come together are one write to the disk. */
const MACHINES_WRITE = MACHINES - 2;
/** What is read for long about one moment. */
const PATIENT = 2;

/**
 * The connections to PostgreSQL: a pool for what people wait for, a small one for what stations report, so that a thousand
 * reports at once leave people theirs, and one without limits of time. Transactions wait for their turn here and not in the pool,
 * where waiting has an end, however many they are; when the server is found to be away, those that wait are told at once.
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
