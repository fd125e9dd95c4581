import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';

/** Carries the result of a rehearsal out of the transaction that it takes back. */
class Rehearsed<T> extends Error {
  constructor(readonly result: T) {
    super('a rehearsal');
  }
}

/**
 * One transaction; with `dryRun` it is taken back in the end, so that what a person is told would happen is what happened
 * there, with every rule, lock and row that the real change meets. Nothing stays: no slot, no audit, no job, no event.
 */
export async function withDryRun<T>(
  database: Database,
  dryRun: boolean,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  if (!dryRun) return database.write(work);
  try {
    return await database.write<T>(async (tx) => {
      throw new Rehearsed(await work(tx));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return (error as Rehearsed<T>).result;
    throw error;
  }
}
