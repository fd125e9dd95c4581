import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';

/** Carries the result of a dry run out of the transaction that is rolled back. */
class DryRunResult<T> extends Error {
  constructor(readonly result: T) {
    super('dry run');
  }
}

/**
 * Runs one transaction; with `dryRun` it is rolled back in the end, so that the preview passes every rule, lock and row
 * of the real change. Nothing stays: no slot, no audit entry, no job, no event.
 */
export async function withDryRun<T>(
  database: Database,
  dryRun: boolean,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  if (!dryRun) return database.write(work);
  try {
    return await database.write<T>(async (tx) => {
      throw new DryRunResult(await work(tx));
    });
  } catch (error) {
    if (error instanceof DryRunResult) return (error as DryRunResult<T>).result;
    throw error;
  }
}
