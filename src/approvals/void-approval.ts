import { type EntityManager, IsNull } from 'typeorm';
import type { Instant } from '../shared/clock.js';
import { move } from '../shared/transitions.js';
import { Approval } from './approval.entity.js';
import { approvalStateOf, approvalTransitions } from './approval.transitions.js';

/**
 * Voids an approval. Returns false when another process has just done so. Throws `illegal-move` (409) when it is not an
 * approval in force.
 */
export async function voidApproval(
  tx: EntityManager,
  approval: Approval,
  { at, reason, by = null }: { at: Instant; reason: string; by?: string | null },
): Promise<boolean> {
  move(approvalTransitions, approvalStateOf(approval), 'voided', 'phê duyệt');
  const change = { voidedAt: at, voidReason: reason, voidedBy: by };
  const done = await tx.update(Approval, { id: approval.id, voidedAt: IsNull() }, change);
  return done.affected === 1;
}
