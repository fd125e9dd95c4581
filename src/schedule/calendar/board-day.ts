import type { LocalDate, TimeZone } from '../../shared/local-time.js';
import type { NamedChannel } from '../../channels/channels-with-rules.js';
import type { SlotTime } from './day-view.js';
import { channelDays } from '../../channels/hours/window-occurrences.js';
import { ZoneCalendars } from '../../channels/hours/zone-calendar.js';
import { type BoardPart, partOf } from './board-part.js';
import { type DaySummary, daySummary } from './calendar.view.js';

/** The figures of one day of many channels: for each channel of a page, and in total for all channels found. */
export interface BoardDay extends BoardPart<BoardChannel> {
  date: LocalDate;
  /** Totals of all channels found, not of the page alone. Minutes to a tenth. */
  figures: { plays: number; missed: number; noWord: number; shortMinutes: number; overMinutes: number };
}

export interface BoardChannel extends DaySummary {
  channelId: string;
  code: string;
  name: string;
  zone: TimeZone;
}

/** The fields of a slot that a channel's day needs. */
export interface ChannelSlotTime extends SlotTime {
  channelId: string;
}

/** `slots`: the slots of that local date on these channels. */
export function boardDay(
  channels: readonly NamedChannel[],
  slots: readonly ChannelSlotTime[],
  date: LocalDate,
  page: number,
): BoardDay {
  const calendars = new ZoneCalendars(date, date);
  const slotsOf = new Map<string, ChannelSlotTime[]>(channels.map(({ channel }) => [channel.id, []]));
  for (const slot of slots) slotsOf.get(slot.channelId)?.push(slot);
  const days = channels.flatMap((channel) => {
    const { id: channelId, code, name } = channel.channel;
    const { zone } = channel.rules;
    const calendar = calendars.of(zone);
    const own = slotsOf.get(channelId) ?? [];
    return channelDays(channel.rules, calendar, date, date).map((day) => ({
      channelId,
      code,
      name,
      zone,
      ...daySummary(channel, day, own, calendar),
    }));
  });
  const sum = (of: (day: DaySummary) => number) => Math.round(days.reduce((n, day) => n + of(day), 0) * 10) / 10;
  return {
    date,
    ...partOf(days, page),
    figures: {
      plays: sum(({ counts }) => counts.planned + counts.played + counts.missed + counts['no-word']),
      missed: sum(({ counts }) => counts.missed),
      noWord: sum(({ counts }) => counts['no-word']),
      shortMinutes: sum(({ shortMinutes }) => shortMinutes),
      overMinutes: sum(({ overMinutes }) => overMinutes),
    },
  };
}
