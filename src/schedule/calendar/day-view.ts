import type { Instant } from '../../shared/clock.js';
import { type LocalDate, type LocalTime, localTimeOf, weekdayName } from '../../shared/local-time.js';
import type { ChannelWithRules } from '../../channels/channels-with-rules.js';
import type { Occurrence } from '../../channels/hours/hours.types.js';
import { fillOf } from '../planning/window-packing.js';
import type { SlotState } from '../slots/slot.transitions.js';
import type { SlotView } from '../slots/slot-view.js';

/** The fields of a slot that the fill of a window needs. */
export interface SlotTime {
  state: SlotState;
  startsAt: Instant;
  endsAt: Instant;
  /** See `slotStatusOf`. */
  noWord: boolean;
}

export type FillState = 'filled' | 'short' | 'over';

/** One window opening and its fill. */
export interface WindowView {
  windowId: string;
  name: string;
  startsAt: Instant;
  endsAt: Instant;
  /** Local times. */
  start: LocalTime;
  end: LocalTime;
  /** Minutes to a tenth: what slots take, what stays silent, how far the last slot runs past the end. */
  filledMinutes: number;
  shortMinutes: number;
  overMinutes: number;
  /** `over` when a slot runs past the end, `short` when a minute or more stays silent. */
  state: FillState;
}

export interface DayView {
  date: LocalDate;
  /** 'Thứ Ba'. */
  weekday: string;
  windows: WindowView[];
  /**
   * Slots of every state, by start; a slot of a window that runs past midnight belongs to the day on which the window
   * opens.
   */
  slots: SlotView[];
}

const MINUTE = 60_000;

/** One local day of a channel, built from its sessions and its slots. */
export function dayView(
  { rules, windowNames, programmes }: Pick<ChannelWithRules, 'rules' | 'windowNames' | 'programmes'>,
  date: LocalDate,
  sessions: readonly Occurrence[],
  slots: readonly SlotView[],
): DayView {
  const own = slots.filter((slot) => slot.date === date);
  const windows = windowViews({ rules, windowNames, programmes }, date, sessions, own);
  return { date, weekday: weekdayName(date), windows, slots: own };
}

/**
 * The window openings of one local day; `slots`: the slots of that day. `timeOf` converts to the clocks of the channel:
 * callers that draw many days pass a calendar, which is faster than a conversion for each instant.
 */
export function windowViews(
  { rules, windowNames, programmes }: Pick<ChannelWithRules, 'rules' | 'windowNames' | 'programmes'>,
  date: LocalDate,
  sessions: readonly Occurrence[],
  slots: readonly SlotTime[],
  timeOf: (at: Instant) => LocalTime = (at) => localTimeOf(at, rules.zone),
): WindowView[] {
  const ranges = slots.map(({ state, startsAt, endsAt }) => ({ state, start: startsAt, end: endsAt }));
  return sessions
    .filter((session) => session.date === date)
    .map(({ windowId, start, end }) => {
      const { filledMs, shortMs, overMs } = fillOf({ start, end }, ranges);
      const state: FillState = overMs > 0 ? 'over' : shortMs >= MINUTE ? 'short' : 'filled';
      return {
        windowId,
        name: programmes?.get(`${windowId}|${date}`) ?? windowNames.get(windowId) ?? '',
        startsAt: start,
        endsAt: end,
        start: timeOf(start),
        end: timeOf(end),
        filledMinutes: tenths(filledMs),
        shortMinutes: tenths(shortMs),
        overMinutes: tenths(overMs),
        state,
      };
    });
}

function tenths(ms: number): number {
  return Math.round(ms / (MINUTE / 10)) / 10;
}
