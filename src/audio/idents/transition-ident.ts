import type { EntityManager } from 'typeorm';
import { move } from '../../shared/transitions.js';
import { StationIdent } from './station-ident.entity.js';
import { type StationIdentState, stationIdentTransitions } from './station-ident.transitions.js';

/** Every change of a station ident's state; see `transitionClip`. */
export async function transitionIdent(
  tx: EntityManager,
  { id, from }: { id: string; from: StationIdentState },
  to: StationIdentState,
  change: Partial<Omit<StationIdent, 'id' | 'state'>> = {},
): Promise<boolean> {
  move(stationIdentTransitions, from, to, 'nhạc hiệu');
  const done = await tx.update(StationIdent, { id, state: from }, { ...change, state: to });
  return done.affected === 1;
}
