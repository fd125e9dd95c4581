import type { EntityManager } from 'typeorm';
import { DomainError } from '../../shared/domain-error.js';
import { move } from '../../shared/transitions.js';
import { MakeGood } from './make-good.entity.js';
import { type MakeGoodState, makeGoodTransitions } from './make-good.transitions.js';

/**
 * The only place where a make-good's state changes. Throws `illegal-move` (409) when the table forbids it or another
 * transaction was faster.
 */
export async function transitionMakeGood(
  tx: EntityManager,
  { id, state: from }: Pick<MakeGood, 'id' | 'state'>,
  to: MakeGoodState,
  change: Partial<Omit<MakeGood, 'id' | 'state'>>,
): Promise<void> {
  move(makeGoodTransitions, from, to, 'đề xuất phát bù');
  const done = await tx.update(MakeGood, { id, state: from }, { ...change, state: to });
  if (done.affected === 1) return;
  throw new DomainError('conflict', 'illegal-move', {
    vi: 'Đề xuất phát bù vừa được người khác xử lý. Xin tải lại trang.',
    en: 'Somebody else has just decided this make-good. Reload.',
  });
}
