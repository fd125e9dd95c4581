import type { Instant } from '../../shared/clock.js';
import { type LocalDate, weekdayName } from '../../shared/local-time.js';
import type { ChannelWithRules, NamedChannel } from '../../channels/channels-with-rules.js';
import { type FillState, type SlotTime, windowViews, type WindowView } from './day-view.js';
import { type SlotStatus, slotStatuses, slotStatusOf } from '../slots/slot-status.js';
import { type ChannelDay, channelDays } from '../../channels/hours/window-occurrences.js';
import { ZoneCalendar, ZoneCalendars } from '../../channels/hours/zone-calendar.js';
import type { SlotView } from '../slots/slot-view.js';
import type { BoardPart } from './board-part.js';
import { type CalendarEvent, slotEvent, windowEvent } from './calendar-event.js';

/** A row of the board; @event-calendar reads `id` and `title`. */
export interface CalendarResource {
  id: string;
  title: string;
  extendedProps: { code: string; kind: string; unit: string; zone: string };
}

/** The figures of one local day: number of slots by status, and the sums of its windows. */
export interface DaySummary {
  date: LocalDate;
  weekday: string;
  /** `no-word`: missed for now, a log may still arrive. */
  counts: Record<SlotStatus, number>;
  filledMinutes: number;
  shortMinutes: number;
  overMinutes: number;
  /** The worst state of its windows; `silent` when none opens. */
  state: FillState | 'silent';
  /** Why no window opens, in Vietnamese; null when one does. */
  silence: string | null;
  windows: WindowView[];
}

export interface ChannelCalendar {
  from: LocalDate;
  until: LocalDate;
  resources: [CalendarResource];
  /** Window openings first, then slots, cancelled and replaced ones included. */
  events: CalendarEvent[];
  days: DaySummary[];
}

export interface Board {
  date: LocalDate;
  /** Number of channels found, number of this page, and number of pages; one page when none was requested. */
  total: number;
  page: number;
  pages: number;
  /** Ordered by code. */
  resources: CalendarResource[];
  events: CalendarEvent[];
  /** One for each resource. */
  channels: (DaySummary & { channelId: string; code: string })[];
}

const silences: Record<NonNullable<ChannelDay['silence']>, string> = {
  'no-window': 'Không có buổi phát.',
  'window-skipped': 'Nghỉ phát.',
  'not-permitted': 'Quy định không cho phát ngày này.',
  'channel-closed': 'Kênh tạm dừng hoặc đã ngừng.',
};

/**
 * Local days `from`–`until` of one channel, both included. `slots`: the slots of these days. `calendar`: the clocks of
 * its zone.
 */
export function channelCalendar(
  channel: NamedChannel,
  slots: readonly SlotView[],
  from: LocalDate,
  until: LocalDate,
  now: Instant,
  calendar = new ZoneCalendar(channel.rules.zone, from, until),
): ChannelCalendar {
  const slotsOn = new Map<LocalDate, SlotView[]>();
  for (const slot of slots) slotsOn.set(slot.date, [...(slotsOn.get(slot.date) ?? []), slot]);
  const days = channelDays(channel.rules, calendar, from, until).map((day) =>
    daySummary(channel, day, slotsOn.get(day.date) ?? [], calendar),
  );
  return {
    from,
    until,
    resources: [resource(channel)],
    events: [
      ...days.flatMap(({ windows }) => windows.map((window) => windowEvent(channel.channel.id, window, calendar))),
      ...slots.map((slot) => slotEvent(slot, calendar, now)),
    ],
    days,
  };
}

/** One local date on all these channels, each in its own zone. */
export function board(
  { channels, ...place }: BoardPart<NamedChannel>,
  slots: readonly SlotView[],
  date: LocalDate,
  now: Instant,
): Board {
  const calendars = new ZoneCalendars(date, date);
  const slotsOf = new Map<string, SlotView[]>(channels.map(({ channel }) => [channel.id, []]));
  for (const slot of slots) slotsOf.get(slot.channelId)?.push(slot);
  const parts = channels.map((channel) => {
    const own = slotsOf.get(channel.channel.id) ?? [];
    return { channel, ...channelCalendar(channel, own, date, date, now, calendars.of(channel.rules.zone)) };
  });
  return {
    date,
    ...place,
    resources: parts.flatMap(({ resources }) => resources),
    events: parts.flatMap(({ events }) => events),
    channels: parts.flatMap(({ channel, days }) =>
      days.map((day) => ({ channelId: channel.channel.id, code: channel.channel.code, ...day })),
    ),
  };
}

function resource({ channel, unit }: NamedChannel): CalendarResource {
  const { id, code, kind, name, zone } = channel;
  return { id, title: name, extendedProps: { code, kind, unit, zone } };
}

/** `slots`: exactly the slots of that day. */
export function daySummary(
  channel: ChannelWithRules,
  { date, sessions, silence }: ChannelDay,
  slots: readonly SlotTime[],
  calendar: ZoneCalendar,
): DaySummary {
  const windows = windowViews(channel, date, sessions, slots, (at) => calendar.timeOf(at));
  const sum = (of: (window: WindowView) => number) => Math.round(windows.reduce((n, w) => n + of(w), 0) * 10) / 10;
  return {
    date,
    weekday: weekdayName(date),
    counts: countsOf(slots),
    filledMinutes: sum(({ filledMinutes }) => filledMinutes),
    shortMinutes: sum(({ shortMinutes }) => shortMinutes),
    overMinutes: sum(({ overMinutes }) => overMinutes),
    state: worst(windows),
    silence: silence ? silences[silence] : null,
    windows,
  };
}

function countsOf(slots: readonly SlotTime[]): Record<SlotStatus, number> {
  const counts = Object.fromEntries(slotStatuses.map((one) => [one, 0])) as Record<SlotStatus, number>;
  for (const slot of slots) counts[slotStatusOf(slot)]++;
  return counts;
}

function worst(windows: readonly WindowView[]): DaySummary['state'] {
  const states = windows.map(({ state }) => state);
  return (['over', 'short', 'filled'] as const).find((state) => states.includes(state)) ?? 'silent';
}
