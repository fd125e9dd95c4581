import type { Transitions } from '../../shared/transitions.js';

export type StationCallState = 'waiting' | 'ready' | 'failed';

/** A ready call is final, as a ready clip is: other words make another call. */
export const stationCallTransitions: Transitions<StationCallState> = {
  waiting: ['ready', 'failed'],
  failed: ['waiting'],
  ready: [],
};
