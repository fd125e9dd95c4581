import { type ChannelKind, channelKindNames, channelKinds, isLoudspeaker } from '../../shared/channel-kind.js';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import type { BoardDay } from '../../schedule/calendar/board-day.js';
import { day, translate } from '../language/language.js';
import { decimal, type Tone } from '../language/words.js';
import { windowFill } from '../week/week.view.js';

/** The filter of the board. */
export interface BoardChoice {
  kind?: ChannelKind;
  search: string;
}

/**
 * One day of many channels: a row for each channel of the page, with the fill of its windows and the outcome of its
 * plays. The totals cover all channels found. `hours` are the parts of the day with a window or a slot: the time axis
 * shows one at a time, because a whole day would be mostly empty.
 */
export function boardView(board: BoardDay, { kind, search }: BoardChoice, today: LocalDate) {
  const { date, page, pages } = board;
  const rows = board.channels.map(({ code, name, counts, silence, windows }) => ({
    code,
    name,
    silence,
    windows: windows.map((window) => ({
      name: window.name,
      hours: `${window.start}–${window.end}`,
      ...windowFill(window),
    })),
    plays: counts.planned + counts.played + counts.missed + counts['no-word'],
    noWord: counts['no-word'],
    missed: counts.missed,
  }));
  const address = (n: number) =>
    `/lich?ngay=${date}&loai=${kind ?? ''}&tim=${encodeURIComponent(search)}${n > 1 ? `&trang=${n}` : ''}`;
  return {
    date,
    heading: day(date),
    previous: addDays(date, -1),
    next: addDays(date, 1),
    isToday: date === today,
    search,
    kind: kind ?? '',
    kinds: channelKinds
      .filter(isLoudspeaker)
      .map((value) => ({ value, label: translate(channelKindNames[value]), chosen: value === kind })),
    rows,
    anyRows: rows.length > 0,
    page,
    /** With one page the script filters while typing; with several the search goes to the server. */
    several: pages > 1,
    pageOf: translate('Trang {page}/{pages}', { page, pages }),
    before: page > 1 ? address(page - 1) : '',
    after: page < pages ? address(page + 1) : '',
    figures: figures(board),
    hours: openHours(board),
  };
}

function figures({ total, figures: { plays, missed, noWord, shortMinutes, overMinutes } }: BoardDay) {
  const all: { text: string; tone: Tone }[] = [
    { text: translate('{n} kênh', { n: total }), tone: '' },
    { text: translate('{n} lượt phát', { n: plays }), tone: '' },
    { text: translate('còn trống {n} phút', { n: decimal(shortMinutes) }), tone: '' },
  ];
  if (overMinutes > 0) all.push({ text: translate('quá {n} phút', { n: decimal(overMinutes) }), tone: 'bad' });
  if (noWord > 0) all.push({ text: translate('{n} chưa có tin', { n: noWord }), tone: 'warn' });
  if (missed > 0) all.push({ text: translate('{n} lượt không phát', { n: missed }), tone: 'bad' });
  return all;
}

const MINUTE = /T(\d{2}):(\d{2})/;

/** '05:00–06:30': times with a window or a slot, rounded to whole hours, merged where the gap is under an hour. */
export function openHours(board: Pick<BoardDay, 'date' | 'open'>): { from: string; until: string; label: string }[] {
  const spans = board.open
    .map(({ start, end }) => [hourOf(start, board.date, Math.floor), hourOf(end, board.date, Math.ceil)] as const)
    .sort(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [from, until] of spans) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else joined.push([from, until]);
  }
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  return joined.map(([from, until]) => ({
    from: clock(from),
    until: clock(until),
    label: `${clock(from)}–${clock(until)}`,
  }));
}

function hourOf(local: string, date: LocalDate, round: (hours: number) => number): number {
  if (local.slice(0, 10) > date) return 24;
  const [, hours = '0', minutes = '0'] = MINUTE.exec(local) ?? [];
  return Math.min(24, round(Number(hours) + Number(minutes) / 60));
}
