import type { Transitions } from '../../shared/transitions.js';

export type StationIdentState = 'waiting' | 'ready' | 'failed';

/** A ready ident is final, as a ready clip is: other words make another ident. */
export const stationIdentTransitions: Transitions<StationIdentState> = {
  waiting: ['ready', 'failed'],
  failed: ['waiting'],
  ready: [],
};
