import { type ChannelKind, channelKindNames, channelKinds, isLoudspeaker } from '../../shared/channel-kind.js';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import type { Board } from '../../schedule/calendar/calendar.view.js';
import { day, say } from '../language/language.js';
import { finder } from '../search.js';
import { decimal, type Tone } from '../words.js';
import { windowFill } from '../week/week.view.js';

/** What of the board a person asked for. */
export interface BoardChoice {
  date: LocalDate;
  kind?: ChannelKind;
  search: string;
}

/**
 * One day of all channels: a line for each, with how full its windows are and what became of its plays. `hours` are the
 * parts of the day in which anything opens: the time axis shows one at a time, as a whole day would be mostly night.
 */
export function boardView(board: Board, { date, kind, search }: BoardChoice, today: LocalDate) {
  const found = finder(search);
  const days = new Map(board.channels.map((channel) => [channel.channelId, channel]));
  const rows = board.resources.flatMap(({ id, title, extendedProps: { code, unit } }) => {
    const own = days.get(id);
    if (!own || !found(title, code, unit)) return [];
    const { counts, silence, windows } = own;
    return [
      {
        code,
        name: title,
        silence,
        windows: windows.map((window) => ({
          name: window.name,
          hours: `${window.start}–${window.end}`,
          ...windowFill(window),
        })),
        plays: counts.planned + counts.played + counts.missed,
        missed: counts.missed,
        shortMinutes: own.shortMinutes,
        overMinutes: own.overMinutes,
      },
    ];
  });
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
      .map((value) => ({ value, label: say(channelKindNames[value]), chosen: value === kind })),
    rows,
    anyRows: rows.length > 0,
    figures: figures(rows),
    hours: openHours(board),
  };
}

interface Row {
  plays: number;
  missed: number;
  shortMinutes: number;
  overMinutes: number;
}

function figures(rows: readonly Row[]): { text: string; tone: Tone }[] {
  const sum = (of: (row: Row) => number) => rows.reduce((n, row) => n + of(row), 0);
  const missed = sum((row) => row.missed);
  const over = sum((row) => row.overMinutes);
  const all: { text: string; tone: Tone }[] = [
    { text: say('{n} kênh', { n: rows.length }), tone: '' },
    { text: say('{n} lượt phát', { n: sum((row) => row.plays) }), tone: '' },
    { text: say('còn trống {n} phút', { n: decimal(sum((row) => row.shortMinutes)) }), tone: '' },
  ];
  if (over > 0) all.push({ text: say('quá {n} phút', { n: decimal(over) }), tone: 'bad' });
  if (missed > 0) all.push({ text: say('{n} lượt không phát', { n: missed }), tone: 'bad' });
  return all;
}

const MINUTE = /T(\d{2}):(\d{2})/;

/** '05:00–06:30': what opens or sounds, in whole hours, joined where less than an hour lies between. */
export function openHours(board: Pick<Board, 'date' | 'events'>): { from: string; until: string; label: string }[] {
  const spans = board.events
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
