import type { Instant } from '../../shared/clock.js';
import type { StationPlaylist, StationPlaylistItem } from './local-playlist-store.js';

/** An item that cannot begin within a minute of its time would run into the next one: it is left out and reported. */
export const LATE_MS = 60_000;
/** Stopping what runs and beginning what follows takes a moment: an item is not late for it. */
const CHANGEOVER_MS = 2_000;

type Item = StationPlaylist['items'][number];

export function startTimeOf(item: Pick<Item, 'startsAt'>): Instant {
  return Date.parse(item.startsAt);
}

/**
 * The last moment at which an item may begin. `ranUntil`: when what ran before it ended; 0 when nothing did. `wait` waits its
 * seconds and then cuts, so it begins by then; `next` begins after what ran before it, whenever that ended, and without
 * anything before it no later than it may itself last.
 */
export function latestStart(item: StationPlaylistItem, ranUntil: Instant): Instant {
  const { start, durationMs } = item;
  const at = startTimeOf(item);
  if (start?.rule === 'wait') return at + start.seconds * 1000 + CHANGEOVER_MS;
  if (start?.rule === 'next') return Math.max(at + Math.max(LATE_MS, durationMs), ranUntil + CHANGEOVER_MS);
  return at + LATE_MS;
}

export interface Stop {
  /** When what runs must be silent. */
  at: Instant;
  /** What begins then. */
  by: Item;
}

/**
 * What may stop an item that runs, soonest first: each later one that cuts, at its time, and each that waits, when it has waited
 * enough. What begins `next` stops nothing. A playlist without a word of it waits a minute.
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
