import type { Instant } from '../shared/clock.js';
import { type LocalDate, type LocalTime, localTimeOf, weekdayName } from '../shared/local-time.js';
import type { ChannelWithRules } from './channel-rules.js';
import type { Occurrence } from './planning/planning.types.js';
import { fillOf } from './planning/window.packing.js';
import type { SlotView } from './slot-view.js';

export type FillState = 'filled' | 'short' | 'over';

/** One opening of a window and how full it is. */
export interface WindowView {
  windowId: string;
  name: string;
  startsAt: Instant;
  endsAt: Instant;
  /** Local times. */
  start: LocalTime;
  end: LocalTime;
  /** Minutes, to a tenth: what slots take, what stays silent, how far the last slot runs past the end. */
  filledMinutes: number;
  shortMinutes: number;
  overMinutes: number;
  /** `over` when something runs past the end, `short` when a minute or more stays silent. */
  state: FillState;
}

export interface DayView {
  date: LocalDate;
  /** 'Thứ Ba'. */
  weekday: string;
  windows: WindowView[];
  /** Of every state, by start; slots of a window that runs past midnight belong to the day on which it opens. */
  slots: SlotView[];
}

const MINUTE = 60_000;

/** One local day of a channel, from its sessions and its slots. */
export function dayView(
  { rules, windowNames, programmes }: Pick<ChannelWithRules, 'rules' | 'windowNames' | 'programmes'>,
  date: LocalDate,
  sessions: readonly Occurrence[],
  slots: readonly SlotView[],
): DayView {
  const own = slots.filter((slot) => slot.date === date);
  const ranges = own.map(({ id, channelId, state, startsAt, endsAt }) => ({
    id,
    channelId,
    date,
    state,
    start: startsAt,
    end: endsAt,
  }));
  const windows = sessions
    .filter((session) => session.date === date)
    .map(({ windowId, start, end }) => {
      const { filledMs, shortMs, overMs } = fillOf({ start, end }, ranges);
      const state: FillState = overMs > 0 ? 'over' : shortMs >= MINUTE ? 'short' : 'filled';
      return {
        windowId,
        name: programmes?.get(`${windowId}|${date}`) ?? windowNames.get(windowId) ?? '',
        startsAt: start,
        endsAt: end,
        start: localTimeOf(start, rules.zone),
        end: localTimeOf(end, rules.zone),
        filledMinutes: tenths(filledMs),
        shortMinutes: tenths(shortMs),
        overMinutes: tenths(overMs),
        state,
      };
    });
  return { date, weekday: weekdayName(date), windows, slots: own };
}

function tenths(ms: number): number {
  return Math.round(ms / (MINUTE / 10)) / 10;
}
