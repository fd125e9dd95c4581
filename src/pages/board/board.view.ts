import { type ChannelKind, channelKindNames, channelKinds, isLoudspeaker } from '../../shared/channel-kind.js';
import type { Instant } from '../../shared/clock.js';
import { addDays, type LocalDate, type LocalTime, localTimeOf, VIETNAM } from '../../shared/local-time.js';
import { bulletinClassNames } from '../../campaigns/bulletin-class.js';
import type { BoardChannel, BoardDay } from '../../schedule/calendar/board-day.js';
import type { WindowView } from '../../schedule/calendar/day-view.js';
import { slotStatusNames, slotStatusOf } from '../../schedule/slots/slot-status.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';
import { day, translate } from '../language/language.js';
import { decimal, lengthShort, slotTones, type Tone } from '../language/words.js';
import { windowFill } from '../week/week.view.js';
import { dayPartNames, type DayPart, dayPartOf, dayParts } from './day-part.js';

/** The filter of the board. */
export interface BoardChoice {
  kind?: ChannelKind;
  search: string;
  /** Shows only the sessions that begin in this part of the day. */
  part?: DayPart;
}

/** The viewer's rights and the current time; `mayMove` is for editors. */
export interface BoardReader {
  today: LocalDate;
  now: Instant;
  mayMove: boolean;
}

type BoardFacts = BoardDay & { slots: readonly SlotView[] };

/**
 * One day of many channels: a row for each channel of the page, a column for the sessions of the same hours, and in a
 * cell that session's slots as chips. The totals cover all channels found.
 */
export function boardView(board: BoardFacts, choice: BoardChoice, reader: BoardReader) {
  const { date, page, pages } = board;
  const address = boardAddress(date, choice);
  return {
    date,
    heading: day(date),
    previous: boardAddress(addDays(date, -1), choice)({}),
    next: boardAddress(addDays(date, 1), choice)({}),
    isToday: date === reader.today,
    search: choice.search,
    part: choice.part ?? '',
    kinds: channelKinds
      .filter(isLoudspeaker)
      .map((value) => ({ value, label: translate(channelKindNames[value]), chosen: value === choice.kind })),
    ...grid(board, choice, reader),
    parts: partLinks(board.channels, choice.part, (part) => address({ part, page })),
    mayMove: reader.mayMove,
    instant: reader.now,
    /** With one page the script filters while typing; with several the search goes to the server. */
    several: pages > 1,
    pageOf: translate('Trang {page}/{pages}', { page, pages }),
    before: page > 1 ? address({ page: page - 1 }) : '',
    after: page < pages ? address({ page: page + 1 }) : '',
    figures: figures(board),
  };
}

/** Addresses of the same choice: `part` and `page` may differ. */
function boardAddress(date: LocalDate, choice: BoardChoice) {
  return ({ part = choice.part, page = 1 }: { part?: DayPart | null; page?: number }) => {
    const query = new URLSearchParams({ ngay: date });
    if (choice.kind) query.set('loai', choice.kind);
    if (choice.search) query.set('tim', choice.search);
    if (part) query.set('buoi', part);
    if (page > 1) query.set('trang', String(page));
    return `/lich?${query.toString()}`;
  };
}

function partLinks(
  channels: readonly BoardChannel[],
  chosen: DayPart | undefined,
  to: (part: DayPart | null) => string,
) {
  const used = new Set(channels.flatMap(({ windows }) => windows.map(({ start }) => dayPartOf(start))));
  const parts = dayParts.filter((part) => used.has(part) || part === chosen);
  if (parts.length < 2 && !chosen) return [];
  return [
    { label: translate('Cả ngày'), href: to(null), chosen: chosen === undefined },
    ...parts.map((part) => ({ label: translate(dayPartNames[part]), href: to(part), chosen: part === chosen })),
  ];
}

/** The slots of one channel by the key of the session in which they begin; '' for those outside every session. */
type Sessions = Map<string, { window: WindowView | null; slots: SlotView[] }>;

function sessionsOf({ windows }: BoardChannel, slots: readonly SlotView[]): Sessions {
  const sessions: Sessions = new Map();
  for (const window of windows) sessions.set(keyOf(window), { window, slots: [] });
  for (const slot of slots) {
    if (slot.state === 'cancelled' || slot.state === 'replaced') continue;
    const { startsAt } = slot;
    const within = windows.find((window) => window.startsAt <= startsAt && startsAt < window.endsAt);
    const key = within ? keyOf(within) : '';
    const session = sessions.get(key) ?? { window: null, slots: [] };
    session.slots.push(slot);
    sessions.set(key, session);
  }
  return sessions;
}

function keyOf({ start, end }: WindowView): string {
  return `${start}–${end}`;
}

interface Column {
  key: string;
  start: LocalTime;
  names: Set<string>;
  /** Instants between which a session of this column is open on some channel. */
  from: Instant;
  until: Instant;
  slots: number;
}

function grid({ channels, slots, date }: BoardFacts, { part }: BoardChoice, { now, today, mayMove }: BoardReader) {
  const slotsOf = new Map<string, SlotView[]>(channels.map(({ channelId }) => [channelId, []]));
  for (const slot of slots) slotsOf.get(slot.channelId)?.push(slot);
  const lines = channels.map((channel) => ({
    channel,
    sessions: sessionsOf(channel, slotsOf.get(channel.channelId) ?? []),
  }));
  const columns = columnsOf(lines.map(({ sessions }) => sessions)).filter(
    ({ key, start }) => !part || (key !== '' && dayPartOf(start) === part),
  );
  const isToday = date === today;
  const next = isToday ? columns.find(({ until, key }) => key !== '' && until > now) : undefined;
  const state = (column: Column) => {
    const narrow = column.slots === 0;
    const current = column === next && column.from <= now;
    const comes = column === next && !current;
    const over = column.key !== '' && column.until <= now;
    const classes = Object.entries({ narrow, current, next: comes, over }).flatMap(([name, is]) => (is ? [name] : []));
    return { narrow, current, next: comes, classes: classes.join(' ') };
  };
  return {
    columns: columns.map((column) => ({
      hours: column.key,
      name: column.names.size === 1 ? [...column.names][0] : '',
      ...state(column),
    })),
    rows: lines.map(({ channel, sessions }) => ({
      code: channel.code,
      name: channel.name,
      silence: channel.silence,
      plays: channel.counts.planned + channel.counts.played + channel.counts.missed + channel.counts['no-word'],
      noWord: channel.counts['no-word'],
      missed: channel.counts.missed,
      cells: columns.map((column) => {
        const session = sessions.get(column.key);
        const { narrow, classes } = state(column);
        const inside = session && cell(channel, session, { now, isToday, mayMove, date });
        return { hours: column.key, narrow, classes: inside ? classes : `${classes} none`.trim(), ...inside };
      }),
    })),
    anyRows: lines.length > 0,
    anyColumns: columns.length > 0,
    now: isToday ? translate('Bây giờ {time}', { time: localTimeOf(now, channels[0]?.zone ?? VIETNAM) }) : '',
  };
}

/** By opening, then by end; what plays outside every session comes last. */
function columnsOf(all: readonly Sessions[]): Column[] {
  const columns = new Map<string, Column>();
  for (const sessions of all) {
    for (const [key, { window, slots }] of sessions) {
      const column = columns.get(key) ?? {
        key,
        start: window?.start ?? '24:00',
        names: new Set(),
        from: Infinity,
        until: -Infinity,
        slots: 0,
      };
      if (window) {
        column.names.add(window.name);
        column.from = Math.min(column.from, window.startsAt);
        column.until = Math.max(column.until, window.endsAt);
      }
      column.slots += slots.length;
      columns.set(key, column);
    }
  }
  return [...columns.values()].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** Digits and signs only, so that the order of characters is the order of the clock. */
function placeOf({ key, start }: Column): string {
  return `${start} ${key}`;
}

interface CellReader {
  now: Instant;
  isToday: boolean;
  mayMove: boolean;
  date: LocalDate;
}

function cell(
  { code, zone }: BoardChannel,
  { window, slots }: { window: WindowView | null; slots: readonly SlotView[] },
  { now, isToday, mayMove, date }: CellReader,
) {
  const open = window !== null && window.endsAt > now;
  const chips = slots.map((slot) => chip(slot, localTimeOf(slot.startsAt, zone), { now, mayMove }));
  const running = isToday && window !== null && window.startsAt <= now && open;
  const ahead = chips.find(({ endsAt }) => endsAt > now);
  if (running && ahead) ahead.nowLine = true;
  const query = new URLSearchParams({ kenh: code, ngay: date, gio: window ? firstFree(window, slots, zone, now) : '' });
  return {
    here: true,
    from: window?.startsAt,
    until: window?.endsAt,
    target: mayMove && open,
    chips,
    nowLast: running && !ahead,
    fill: window && { ...windowFill(window), some: slots.length > 0 },
    add: mayMove && open ? `/lich/luot/moi?${query.toString()}` : '',
  };
}

/** '05:31': the end of the last slot of the session, to the next whole minute; its opening when it is empty or full. */
function firstFree(window: WindowView, slots: readonly SlotView[], zone: string, now: Instant): LocalTime {
  const taken = Math.max(window.startsAt, now, ...slots.map(({ endsAt }) => endsAt));
  const at = Math.ceil(taken / MINUTE) * MINUTE;
  return at < window.endsAt ? localTimeOf(at, zone) : window.start;
}

const MINUTE = 60_000;

function chip(slot: SlotView, time: LocalTime, { now, mayMove }: { now: Instant; mayMove: boolean }) {
  const status = slotStatusOf(slot);
  const due = status === 'planned' && slot.startsAt <= now && now < slot.endsAt;
  return {
    id: slot.id,
    version: slot.version,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    time,
    title: slot.title,
    length: lengthShort(slot.endsAt - slot.startsAt),
    tone: slotTones[status],
    frame: slot.role !== 'item',
    state: due ? translate('Đến giờ phát') : status === 'planned' ? '' : translate(slotStatusNames[status]),
    rank: slot.bulletinClass === 'normal' ? '' : translate(bulletinClassNames[slot.bulletinClass]),
    urgent: slot.bulletinClass === 'emergency',
    movable: mayMove && slot.state === 'planned' && slot.startsAt > now,
    nowLine: false,
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
