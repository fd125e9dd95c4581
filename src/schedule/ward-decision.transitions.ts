import type { Transitions } from '../shared/transitions.js';

export const wardDecisionStates = ['open', 'decided'] as const;
export type WardDecisionState = (typeof wardDecisionStates)[number];

/** Decided once: by the ward, or by the time limit. */
export const wardDecisionTransitions: Transitions<WardDecisionState> = {
  open: ['decided'],
  decided: [],
};
