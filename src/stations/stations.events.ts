import type { Instant } from '../shared/clock.js';

/** A station has not called for some time; published once per silence. */
export class StationSilent {
  constructor(
    readonly stationId: string,
    readonly channelId: string,
    /** Null when it has never called. */
    readonly lastSeenAt: Instant | null,
  ) {}
}
