import { currentContext, withContext } from '../../shared/context.js';

/**
 * Who waits for the answer: people and the jobs that serve them, or stations, which report by the thousand and can
 * wait.
 */
export const lanes = ['people', 'machines'] as const;
export type Lane = (typeof lanes)[number];

/** Every database access of `work` runs in the lane of machines. */
export function forMachines<T>(work: () => T): T {
  return withContext({ lane: 'machines' }, work);
}

/** For background work that continues after a machine has had its answer. */
export function outsideLanes<T>(work: () => T): T {
  return withContext({ lane: undefined }, work);
}

export function currentLane(): Lane {
  return currentContext().lane ?? 'people';
}
