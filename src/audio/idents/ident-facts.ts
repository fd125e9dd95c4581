import { sha256 } from '../../shared/ids.js';
import type { StationIdent } from './station-ident.entity.js';

/** Audit actions of a `station-call` that state which file was made of its words, or existed when sealing began. */
export const identMadeActions = ['station-call.made', 'station-call.remade', 'station-call.sealed'] as const;
/** Audit actions that state that the words are the server's own. */
export const identAskedActions = ['station-call.requested', 'station-call.sealed'] as const;

/**
 * The audit facts of a station ident, written when it is requested and when it is made. Nobody approves its words, so
 * it airs only when both rows bear the server's seal and state the same words.
 */
export function identFacts({ unitId, date, spoken }: Pick<StationIdent, 'unitId' | 'date' | 'spoken'>) {
  return { unit: unitId, date, spokenHash: sha256(spoken) };
}
