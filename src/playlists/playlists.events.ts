import type { LocalDate } from '../shared/local-time.js';

/** The day of a channel has a new version; stations get it at their next request. */
export class PlaylistPublished {
  constructor(
    readonly channelId: string,
    readonly date: LocalDate,
    readonly version: number,
    readonly items: number,
  ) {}
}
