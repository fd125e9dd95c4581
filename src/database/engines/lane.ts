import { currentContext, withContext } from '../../shared/context.js';

/** Who waits for an answer: people, with the jobs that serve them, or stations, which report by the thousand and can wait. */
export const lanes = ['people', 'machines'] as const;
export type Lane = (typeof lanes)[number];

/** Everything that `work` asks the database is asked for a machine. */
export function forMachines<T>(work: () => T): T {
  return withContext({ lane: 'machines' }, work);
}

/** For what goes on by itself after a machine has had its answer. */
export function outsideLanes<T>(work: () => T): T {
  return withContext({ lane: undefined }, work);
}

export function currentLane(): Lane {
  return currentContext().lane ?? 'people';
}
