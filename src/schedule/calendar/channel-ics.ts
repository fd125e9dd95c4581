import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Instant } from '../../shared/clock.js';
import type { WindowView } from './day-view.js';
import { slotStatusNames, slotStatusOf } from '../slots/slot-status.js';
import { takesTime } from '../slots/slot.transitions.js';
import type { SlotView } from '../slots/slot-view.js';
import { fillWords } from './calendar-event.js';

export interface IcsQuestion {
  channel: { code: string; name: string; unit: string };
  windows: readonly WindowView[];
  slots: readonly SlotView[];
  /** The time of the answer; DTSTAMP of every event. */
  now: Instant;
}

/** How often a calendar program should refresh. */
const ASK_AGAIN_SECONDS = 15 * 60;

/**
 * The calendar of one channel (RFC 5545): every window opening, expanded, as free time, and every slot as busy time.
 * All instants are UTC and nothing recurs, so a client needs no zone and no rule. UIDs are `slot-<id>@loa` and
 * `window-<window>-<start>@loa`: an event keeps its UID in every answer. Cancelled and replaced slots stay, as
 * CANCELLED, so that they also disappear from programs that only add events.
 */
export function channelIcs({ channel, windows, slots, now }: IcsQuestion): string {
  const stamp = new Date(now);
  const calendar = ical({
    name: oneLine(`${channel.name} – lịch phát`),
    description: oneLine(`Lịch phát của ${channel.name}, ${channel.unit}.`),
    prodId: { company: 'loa', product: 'lich-phat', language: 'VI' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: ASK_AGAIN_SECONDS,
  });
  for (const window of windows) {
    calendar.createEvent({
      id: `window-${window.windowId}-${window.startsAt}@loa`,
      start: new Date(window.startsAt),
      end: new Date(window.endsAt),
      stamp,
      summary: oneLine(`Buổi phát ${window.name}`),
      description: `${fillWords(window)}.`,
      location: oneLine(channel.name),
      transparency: ICalEventTransparency.TRANSPARENT,
      categories: [{ name: 'Buổi phát' }],
    });
  }
  for (const slot of slots) {
    const { id, startsAt, endsAt, state, reason, title, campaign, why } = slot;
    const lines = [
      `Trạng thái: ${slotStatusNames[slotStatusOf(slot)]}${reason ? ` (${oneLine(reason)})` : ''}`,
      `Đợt: ${oneLine(campaign)}`,
      oneLine(why),
    ];
    calendar.createEvent({
      id: `slot-${id}@loa`,
      start: new Date(startsAt),
      end: new Date(endsAt),
      stamp,
      summary: oneLine(title),
      description: lines.join('\n'),
      location: oneLine(channel.name),
      status: takesTime(state) ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      transparency: takesTime(state) ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
      categories: [{ name: 'Lượt phát' }],
    });
  }
  return calendar.toString();
}

/** RFC 5545 allows no control characters in text except the line break, which the library escapes. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
