import type { Instant } from '../shared/clock.js';

/** A station has not been heard of for some time; told once per silence. */
export class StationSilent {
  constructor(
    readonly stationId: string,
    readonly channelId: string,
    /** Null when it has never called. */
    readonly lastSeenAt: Instant | null,
  ) {}
}
