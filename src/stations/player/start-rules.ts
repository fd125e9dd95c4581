import type { Instant } from '../../shared/clock.js';
import type { StationPlaylist, StationPlaylistItem } from './local-playlist-store.js';

/** An item that cannot begin within a minute of its time would run into the next one: it is left out and reported. */
export const LATE_MS = 60_000;
/** Stopping the running item and starting the next takes a moment; this does not count as late. */
const CHANGEOVER_MS = 2_000;

type Item = StationPlaylist['items'][number];

export function startTimeOf(item: Pick<Item, 'startsAt'>): Instant {
  return Date.parse(item.startsAt);
}

/**
 * The last moment at which an item may begin. `ranUntil`: when the previous item ended; 0 when there was none. `wait`
 * waits its seconds and then cuts, so it begins by then; `next` begins after the previous item, whenever that ended,
 * and without one no later than its own length.
 */
export function latestStart(item: StationPlaylistItem, ranUntil: Instant): Instant {
  const { start, durationMs } = item;
  const at = startTimeOf(item);
  if (start?.rule === 'wait') return at + start.seconds * 1000 + CHANGEOVER_MS;
  if (start?.rule === 'next') return Math.max(at + Math.max(LATE_MS, durationMs), ranUntil + CHANGEOVER_MS);
  return at + LATE_MS;
}

export interface Stop {
  /** When the running item must be silent. */
  at: Instant;
  /** The item that begins then. */
  by: Item;
}

/**
 * The possible stops of a running item, soonest first: each later item with `cut`, at its time, and each with `wait`,
 * when it has waited enough. An item with `next` stops nothing. An item without a start rule waits a minute.
 */
export function stopsOf(items: readonly Item[], running: StationPlaylistItem): Stop[] {
  return items
    .filter((item) => item.slotId !== running.slotId && startTimeOf(item) > startTimeOf(running))
    .flatMap((by): Stop[] => {
      if (by.start?.rule === 'next') return [];
      const seconds = by.start?.rule === 'cut' ? 0 : by.start?.rule === 'wait' ? by.start.seconds : LATE_MS / 1000;
      return [{ at: startTimeOf(by) + seconds * 1000, by }];
    })
    .sort((a, b) => a.at - b.at);
}

/** 'Dừng nhường “Bản tin”, bài này bắt đầu đúng giờ', for the play log. */
export function stoppedBy({ by }: Stop): string {
  const why = by.start?.rule === 'cut' ? 'bài này bắt đầu đúng giờ' : 'bài này đã chờ đủ lâu';
  return `Dừng nhường “${by.title.slice(0, 200)}”, ${why}`;
}
