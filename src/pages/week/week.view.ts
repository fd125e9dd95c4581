import type { Instant } from '../../shared/clock.js';
import { addDays, type LocalDate, localTimeOf, showDate, type TimeZone, weekdayOf } from '../../shared/local-time.js';
import type { DayView, FillState, WindowView } from '../../schedule/calendar/day-view.js';
import { slotStatusNames, slotStatusOf } from '../../schedule/slots/slot-status.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';
import { translate, weekday } from '../language/language.js';
import { decimal, lengthShort, slotTones, type Tone } from '../language/words.js';

export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

const fillTones: Record<FillState, Tone> = { filled: 'good', short: '', over: 'bad' };

/** Seven days, each with its windows and their slots; slots outside every window come last. */
export function weekView(days: readonly DayView[], zone: TimeZone, today: LocalDate, now: Instant, mayCancel: boolean) {
  return days.map((day) => {
    const ids = new Set(day.windows.map(({ windowId }) => windowId));
    const slot = (one: SlotView) => slotView(one, zone, now, mayCancel);
    return {
      date: showDate(day.date).slice(0, 5),
      weekday: weekday(day.date),
      isToday: day.date === today,
      isOver: day.date < today,
      windows: day.windows.map((window) => ({
        name: window.name,
        hours: `${window.start}–${window.end}`,
        ...windowFill(window),
        slots: day.slots.filter(({ windowId }) => windowId === window.windowId).map(slot),
      })),
      others: day.slots.filter(({ windowId }) => windowId === null || !ids.has(windowId)).map(slot),
    };
  });
}

/** The fill of a window: figures for a bar and the text beside it. */
export function windowFill({ filledMinutes, shortMinutes, overMinutes, state }: WindowView) {
  const length = filledMinutes + shortMinutes;
  const rest =
    state === 'over'
      ? translate('quá {n}', { n: decimal(overMinutes) })
      : state === 'short'
        ? translate('trống {n}', { n: decimal(shortMinutes) })
        : translate('đủ');
  return {
    filled: String(filledMinutes),
    length: String(length),
    tone: fillTones[state],
    text: translate('{n}/{m} phút', { n: decimal(filledMinutes), m: decimal(length) }),
    rest,
  };
}

function slotView(slot: SlotView, zone: TimeZone, now: Instant, mayCancel: boolean) {
  return {
    id: slot.id,
    time: localTimeOf(slot.startsAt, zone),
    length: lengthShort(slot.durationMs),
    title: slot.title,
    campaign: slot.campaign,
    state: translate(slotStatusNames[slotStatusOf(slot)]),
    planned: slot.state === 'planned',
    tone: slotTones[slotStatusOf(slot)],
    off: slot.state === 'cancelled' || slot.state === 'replaced',
    why: slot.why,
    reason: slot.reason ?? '',
    mayCancel: mayCancel && slot.state === 'planned' && slot.endsAt > now,
  };
}
