import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import type { WindowView } from './day-view.js';
import { slotStatusNames, slotStatusOf } from '../slots/slot-status.js';
import { takesTime } from '../slots/slot.transitions.js';
import type { SlotView } from '../slots/slot-view.js';

export interface IcsQuestion {
  channel: { code: string; name: string; unit: string };
  /** With the local day on which each opens. */
  windows: readonly (Pick<WindowView, 'windowId' | 'name' | 'startsAt' | 'endsAt'> & { date: LocalDate })[];
  slots: readonly SlotView[];
  /** The address of this server, without a trailing slash. */
  base: string;
}

/** iCalendar covers last week, which shows the outcomes, and two months ahead. */
const DAYS_BEFORE = 7;
const DAYS_AFTER = 60;
const DAY = 86_400_000;

export function icsDays(today: LocalDate): { from: LocalDate; until: LocalDate } {
  return { from: addDays(today, -DAYS_BEFORE), until: addDays(today, DAYS_AFTER) };
}

/** How often a calendar program should refresh. */
const ASK_AGAIN_SECONDS = 15 * 60;

/**
 * The calendar of one channel (RFC 5545): every window opening, expanded, as free time, and every slot as busy time.
 * All instants are UTC and nothing recurs, so a client needs no zone and no rule. UIDs are `slot-<id>@loa` and
 * `window-<window>-<start>@loa`: an event keeps its UID in every answer. Cancelled and replaced slots stay, as
 * CANCELLED, so that they also disappear from programs that only add events; a missed slot stays visible and says so.
 * SEQUENCE counts the changes of a slot. Nothing depends on the time of the answer: the same plan gives the same bytes.
 */
export function channelIcs({ channel, windows, slots, base }: IcsQuestion): string {
  const calendar = ical({
    name: oneLine(`${channel.name} – lịch phát`),
    description: oneLine(`Lịch phát của ${channel.name}, ${channel.unit}.`),
    prodId: { company: 'loa', product: 'lich-phat', language: 'VI' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: ASK_AGAIN_SECONDS,
  });
  const week = (date: LocalDate) => `${base}/lich/${channel.code}?tuan=${date}`;
  for (const window of windows) {
    calendar.createEvent({
      id: `window-${window.windowId}-${window.startsAt}@loa`,
      start: new Date(window.startsAt),
      end: new Date(window.endsAt),
      // The moment at which an opening of this hour enters the calendar.
      stamp: new Date(window.startsAt - (DAYS_AFTER + 1) * DAY),
      summary: oneLine(`${sessionName(window.name)}, ${placeName(channel.unit)}`),
      description: `Xem lịch phát: ${week(window.date)}`,
      url: week(window.date),
      location: oneLine(channel.name),
      transparency: ICalEventTransparency.TRANSPARENT,
      categories: [{ name: 'Buổi phát' }],
    });
  }
  for (const slot of slots) {
    const { id, startsAt, endsAt, state, reason, title, campaign, why } = slot;
    const status = slotStatusOf(slot);
    const url = `${base}/lich/luot/${id}`;
    const lines = [
      `Trạng thái: ${slotStatusNames[status]}${reason ? ` (${oneLine(reason)})` : ''}`,
      ...(campaign ? [`Đợt: ${oneLine(campaign)}`] : []),
      oneLine(why),
      `Xem lượt phát: ${url}`,
    ];
    calendar.createEvent({
      id: `slot-${id}@loa`,
      start: new Date(startsAt),
      end: new Date(endsAt),
      stamp: new Date(slot.createdAt),
      sequence: slot.version - 1,
      summary: oneLine(status === 'missed' ? `${slotStatusNames.missed}: ${title}` : title),
      description: lines.join('\n'),
      url,
      location: oneLine(channel.name),
      status: takesTime(state) ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      transparency:
        takesTime(state) && status !== 'missed' ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
      categories: [{ name: 'Lượt phát' }],
    });
  }
  return calendar.toString();
}

/** RFC 5545 allows no control characters in text except the line break, which the library escapes. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** 'Sáng' → 'Buổi sáng'; a programme with a name of its own keeps it. */
function sessionName(name: string): string {
  const isPartOfDay = /^(?:sáng|trưa|chiều|tối|đêm)(?![\p{L}\p{M}])/iu.test(name);
  return isPartOfDay ? `Buổi ${lowerFirst(name)}` : name || 'Buổi phát';
}

/** 'Phường Bắc Hà' → 'phường Bắc Hà'; an office keeps its capital. */
function placeName(unit: string): string {
  return /^(?:Phường|Xã|Đặc khu|Thành phố|Thị xã|Thị trấn|Huyện|Quận|Tỉnh)\s/u.test(unit) ? lowerFirst(unit) : unit;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLocaleLowerCase('vi') + words.slice(1);
}
