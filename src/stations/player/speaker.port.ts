import type { Clock } from '../../shared/clock.js';

/**
 * Where a player's sound comes out. Sounds for `durationMs` and resolves then: that is the length of the item, or less when
 * another one begins before its end. Is silent at once when `signal` aborts. Throws when it did not sound so long.
 */
export interface Speaker {
  play(file: string, durationMs: number, clock: Clock, signal?: AbortSignal): Promise<void>;
}

/** No loudspeaker: lets the time of the item pass. For simulated stations. */
export const silentSpeaker: Speaker = {
  play: (_file, durationMs, clock, signal) => clock.sleep(durationMs, signal),
};
