import { AsyncLocalStorage } from 'node:async_hooks';

/** Who waits for an answer: people, with the jobs that serve them, or stations, which report by the thousand and can wait. */
export type Lane = 'people' | 'machines';

const lanes = new AsyncLocalStorage<Lane>();

/** Everything that `work` asks the database is asked for a machine. */
export function forMachines<T>(work: () => T): T {
  return lanes.run('machines', work);
}

/** For what goes on by itself after a machine has had its answer. */
export function outsideLanes<T>(work: () => T): T {
  return lanes.exit(work);
}

export function currentLane(): Lane {
  return lanes.getStore() ?? 'people';
}
