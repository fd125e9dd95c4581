import type { EntityManager } from 'typeorm';
import { move } from '../../shared/transitions.js';
import { StationCall } from './station-call.entity.js';
import { type StationCallState, stationCallTransitions } from './station-call.transitions.js';

/** Every change of a station call's state; see `moveClip`. */
export async function moveStationCall(
  tx: EntityManager,
  { id, from }: { id: string; from: StationCallState },
  to: StationCallState,
  change: Partial<Omit<StationCall, 'id' | 'state'>> = {},
): Promise<boolean> {
  move(stationCallTransitions, from, to, 'nhạc hiệu');
  const done = await tx.update(StationCall, { id, state: from }, { ...change, state: to });
  return done.affected === 1;
}
