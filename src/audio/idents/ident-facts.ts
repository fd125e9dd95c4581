import { sha256 } from '../../shared/ids.js';
import type { StationIdent } from './station-ident.entity.js';

/** The actions of rows of a `station-call` that say which file was made of its words, or was there when seals began. */
export const identMadeActions = ['station-call.made', 'station-call.remade', 'station-call.sealed'] as const;
/** And of those that say that its words are the server's own. */
export const identAskedActions = ['station-call.requested', 'station-call.sealed'] as const;

/**
 * What the audit says of a call when it is asked for and when it is made: nobody approves its words, so it sounds only when both
 * rows bear the server's seal and say the same words.
 */
export function identFacts({ unitId, date, spoken }: Pick<StationIdent, 'unitId' | 'date' | 'spoken'>) {
  return { unit: unitId, date, spokenHash: sha256(spoken) };
}
