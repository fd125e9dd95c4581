import type { Transitions } from '../../shared/transitions.js';

/** `no-room`: no window up to the last useful day has a free place of that length. */
export const makeGoodStates = ['proposed', 'no-room', 'accepted', 'dismissed'] as const;
export type MakeGoodState = (typeof makeGoodStates)[number];

/**
 * Accepting looks for a place again, so a make-good in `no-room` may be accepted. Back to `proposed`: the accepted play
 * was taken out.
 */
export const makeGoodTransitions: Transitions<MakeGoodState> = {
  proposed: ['accepted', 'dismissed'],
  'no-room': ['accepted', 'dismissed'],
  accepted: ['proposed', 'dismissed'],
  dismissed: [],
};
