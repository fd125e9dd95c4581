import type { Transitions } from '../../shared/transitions.js';

export type ClipState = 'waiting' | 'ready' | 'failed';

/** A ready clip is final: other words or another voice make another clip. */
export const clipTransitions: Transitions<ClipState> = {
  waiting: ['ready', 'failed'],
  failed: ['waiting'],
  ready: [],
};
