import type { LocalDate } from '../shared/local-time.js';

/** The day of a channel is another than before; stations will find it at their next question. */
export class PlaylistPublished {
  constructor(
    readonly channelId: string,
    readonly date: LocalDate,
    readonly version: number,
    readonly items: number,
  ) {}
}
