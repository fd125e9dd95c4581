import { type SlotState, slotStateNames } from './slot.transitions.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * A slot that is over gets an end state within a minute. This first wait covers the report of a station with a
 * connection, so that a play reported at once never shows another state.
 */
export const TIME_TO_REPORT_MS = 20 * SECOND;
/** The wait after every station reported a failure: one of them may still report better, or start again. */
export const GRACE_AFTER_FAILURE_MS = 30 * MINUTE;
/** The wait without any report: stations store and forward, and a broken connection is often repaired the next day. */
export const GRACE_OF_SILENCE_MS = 24 * 60 * MINUTE;

/**
 * The slot states, and `no-word`: missed for now, since no evidence has arrived and the log may still come. Screens
 * show it with another text and colour than a miss; reports count it as awaited.
 */
export type SlotStatus = SlotState | 'no-word';
export const slotStatuses = ['planned', 'played', 'missed', 'no-word', 'replaced', 'cancelled'] as const;

export const slotStatusNames: Record<SlotStatus, string> = { ...slotStateNames, 'no-word': 'Chưa có tin' };

export interface SlotEnding {
  state: SlotState;
  /**
   * Set when the slot ended without any report (`verdict`); cleared by the first report, or when the outcome is final.
   */
  noWord: boolean;
}

/** The status of a slot, for people. */
export function slotStatusOf({ state, noWord }: SlotEnding): SlotStatus {
  return state === 'missed' && noWord ? 'no-word' : state;
}
