import type { Transitions } from '../../shared/transitions.js';

/** `no-room`: no window until the last useful day has a free place of that length. */
export const makeGoodStates = ['proposed', 'no-room', 'accepted', 'dismissed'] as const;
export type MakeGoodState = (typeof makeGoodStates)[number];

/** Accepting asks for a place again, so what had none may be accepted. Back to `proposed` leads that the accepted play was taken out. */
export const makeGoodTransitions: Transitions<MakeGoodState> = {
  proposed: ['accepted', 'dismissed'],
  'no-room': ['accepted', 'dismissed'],
  accepted: ['proposed', 'dismissed'],
  dismissed: [],
};
