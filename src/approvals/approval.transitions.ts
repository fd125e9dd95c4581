import type { Transitions } from '../shared/transitions.js';
import type { ApprovalDecision } from './decision.js';

export type ApprovalState = ApprovalDecision | 'voided';

/** A decision is never changed; an approval can be voided once. */
export const approvalTransitions: Transitions<ApprovalState> = {
  approved: ['voided'],
  returned: [],
  voided: [],
};

/** The state that the columns express. */
export function approvalStateOf({
  decision,
  voidedAt,
}: {
  decision: ApprovalDecision;
  voidedAt: number | null;
}): ApprovalState {
  return voidedAt === null ? decision : 'voided';
}
