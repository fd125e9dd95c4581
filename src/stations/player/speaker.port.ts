import type { Clock } from '../../shared/clock.js';

/** Where a player's sound comes out. Resolves when the item has ended; throws when it did not sound to its end. */
export interface Speaker {
  play(file: string, durationMs: number, clock: Clock, signal?: AbortSignal): Promise<void>;
}

/** No loudspeaker: lets the time of the item pass. For simulated stations. */
export const silentSpeaker: Speaker = {
  play: (_file, durationMs, clock, signal) => clock.sleep(durationMs, signal),
};
