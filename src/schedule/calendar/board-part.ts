import { finder } from '../../shared/fold.js';

/** Channels on one page of a board: more than one person handles in a day, few enough for an old PC to draw. */
export const BOARD_PAGE = 50;

/** One page of a list of channels, with the size of the whole list. */
export interface BoardPart<T> {
  channels: T[];
  total: number;
  page: number;
  pages: number;
}

/** Channels whose name, code or unit contain every word of `search`. */
export function found<T extends { channel: { name: string; code: string }; unit: string }>(
  channels: readonly T[],
  search = '',
): T[] {
  const matches = finder(search);
  return channels.filter(({ channel, unit }) => matches(channel.name, channel.code, unit));
}

/** The requested page, or the last one when `page` is too high. Without `page`, one page holds all. */
export function partOf<T>(all: readonly T[], page?: number): BoardPart<T> {
  const total = all.length;
  if (page === undefined) return { channels: [...all], total, page: 1, pages: 1 };
  const pages = Math.max(1, Math.ceil(total / BOARD_PAGE));
  const at = Math.min(page, pages);
  return { channels: all.slice((at - 1) * BOARD_PAGE, at * BOARD_PAGE), total, page: at, pages };
}
