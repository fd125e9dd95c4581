import type { Transitions } from '../../shared/transitions.js';

export type StationIdentState = 'waiting' | 'ready' | 'failed';

/** A ready call is final, as a ready clip is: other words make another call. */
export const stationIdentTransitions: Transitions<StationIdentState> = {
  waiting: ['ready', 'failed'],
  failed: ['waiting'],
  ready: [],
};
