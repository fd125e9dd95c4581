import type { LocalDate } from '../../shared/local-time.js';
import type { ProfileName } from '../dsp/mastering-profiles.js';
import type { IdentPart } from './ident-text.js';

/** An ident of a unit and day is finished, or another ident of that day is now the one that airs. */
export class StationIdentReady {
  constructor(
    readonly unitId: string,
    readonly date: LocalDate,
    readonly part: IdentPart,
    readonly profile: ProfileName,
  ) {}
}
