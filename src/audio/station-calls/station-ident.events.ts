import type { LocalDate } from '../../shared/local-time.js';
import type { ProfileName } from '../profiles.js';
import type { CallPart } from './station-call.words.js';

/** The call of a unit for a day is finished, or another one of that day is now the one that airs. */
export class StationCallReady {
  constructor(
    readonly unitId: string,
    readonly date: LocalDate,
    readonly part: CallPart,
    readonly profile: ProfileName,
  ) {}
}
