import type { Clock } from '../../shared/clock.js';

/**
 * The audio output of a player. Plays for `durationMs` and then resolves: the length of the item, or less when another
 * one begins before its end. Stops at once when `signal` aborts. Throws when it did not play that long.
 */
export interface Speaker {
  play(file: string, durationMs: number, clock: Clock, signal?: AbortSignal): Promise<void>;
}

/** No loudspeaker: lets the time of the item pass. For simulated stations. */
export const silentSpeaker: Speaker = {
  play: (_file, durationMs, clock, signal) => clock.sleep(durationMs, signal),
};
