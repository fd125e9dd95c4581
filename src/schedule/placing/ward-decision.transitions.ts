import type { Transitions } from '../../shared/transitions.js';

export const wardDecisionStates = ['open', 'decided'] as const;

export type WardDecisionState = (typeof wardDecisionStates)[number];

/** Decided once: by the ward or by the deadline. */
export const wardDecisionTransitions: Transitions<WardDecisionState> = {
  open: ['decided'],
  decided: [],
};

/** The side whose item is broadcast: the centre or the ward. */
export const wardOutcomes = ['centre', 'ward'] as const;

export type WardOutcome = (typeof wardOutcomes)[number];
