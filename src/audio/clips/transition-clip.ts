import type { EntityManager } from 'typeorm';
import { move } from '../../shared/transitions.js';
import { Clip } from './clip.entity.js';
import { type ClipState, clipTransitions } from './clip.transitions.js';

/** Fields that a transition may change beside the state. */
export type ClipChange = Partial<Omit<Clip, 'id' | 'state' | 'scriptVersionId'>>;

/**
 * Every change of a clip's state. False when the clip is not, or no longer, in the state `from`. Throws `illegal-move`
 * (409) for a transition that the table does not have.
 */
export async function transitionClip(
  tx: EntityManager,
  { from, ...which }: { id: string; from: ClipState; scriptVersionId?: string },
  to: ClipState,
  change: ClipChange = {},
): Promise<boolean> {
  move(clipTransitions, from, to, 'bản thu');
  const done = await tx.update(Clip, { ...which, state: from }, { ...change, state: to });
  return done.affected === 1;
}
