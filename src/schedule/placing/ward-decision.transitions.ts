import type { Transitions } from '../../shared/transitions.js';

export const wardDecisionStates = ['open', 'decided'] as const;

export type WardDecisionState = (typeof wardDecisionStates)[number];

/** Decided once: by the ward, or by the time limit. */
export const wardDecisionTransitions: Transitions<WardDecisionState> = {
  open: ['decided'],
  decided: [],
};

/** Whose item has the place: that of the centre or that of the ward. */
export const wardOutcomes = ['centre', 'ward'] as const;

export type WardOutcome = (typeof wardOutcomes)[number];
