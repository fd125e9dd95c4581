import type { EntityManager } from 'typeorm';
import { move } from '../../shared/transitions.js';
import { WardDecision } from './ward-decision.entity.js';
import { type WardDecisionState, wardDecisionTransitions } from './ward-decision.transitions.js';

/** The only place where a ward decision's state changes. Returns false when it is no longer in the state `from`. */
export async function transitionWardDecision(
  tx: EntityManager,
  { id, from }: { id: string; from: WardDecisionState },
  to: WardDecisionState,
): Promise<boolean> {
  move(wardDecisionTransitions, from, to, 'câu hỏi cho đơn vị');
  const done = await tx.update(WardDecision, { id, state: from }, { state: to });
  return done.affected === 1;
}
