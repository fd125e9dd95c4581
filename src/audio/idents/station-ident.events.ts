import type { LocalDate } from '../../shared/local-time.js';
import type { ProfileName } from '../dsp/mastering-profiles.js';
import type { IdentPart } from './ident-text.js';

/** The call of a unit for a day is finished, or another one of that day is now the one that airs. */
export class StationIdentReady {
  constructor(
    readonly unitId: string,
    readonly date: LocalDate,
    readonly part: IdentPart,
    readonly profile: ProfileName,
  ) {}
}
