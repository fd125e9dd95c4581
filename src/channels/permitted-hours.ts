import type { LocalTime } from '../shared/local-time.js';

/** [from, until) of the local day in which a channel may sound; an emergency with a named authoriser is the only exception. */
export interface PermittedHours {
  from: LocalTime;
  until: LocalTime;
}
