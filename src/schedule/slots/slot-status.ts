import { type SlotState, slotStateNames } from './slot.transitions.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * A slot that is over has an end state within a minute; what a station with a line needs to report is waited for first, so
 * that a play which is told at once is never anything else.
 */
export const TIME_TO_REPORT_MS = 20 * SECOND;
/** After every station has said no: time for one of them to say something better, or to start again. */
export const GRACE_AFTER_FAILURE_MS = 30 * MINUTE;
/** Without a word: stations store and forward, and a cut line is often mended the next day. */
export const GRACE_OF_SILENCE_MS = 24 * 60 * MINUTE;

/**
 * The end states, and `no-word`: missed for now, since nobody has said that it played and the log may still be on its way.
 * People are told so in other words and another colour than a miss; reports count it among what is awaited.
 */
export type SlotStatus = SlotState | 'no-word';
export const slotStatuses = ['planned', 'played', 'missed', 'no-word', 'replaced', 'cancelled'] as const;

export const slotStatusNames: Record<SlotStatus, string> = { ...slotStateNames, 'no-word': 'Chưa có tin' };

export interface SlotEnding {
  state: SlotState;
  /** Stored when the slot ended by silence (`verdict`), and taken back by the first word or when it is settled. */
  noWord: boolean;
}

/** How a slot stands, for people. */
export function slotStatusOf({ state, noWord }: SlotEnding): SlotStatus {
  return state === 'missed' && noWord ? 'no-word' : state;
}
