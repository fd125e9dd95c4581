import type { LocalDate } from '../shared/local-time.js';
import type { TimeRange } from '../shared/time-range.js';
import type { SlotState } from './planning/slot.transitions.js';

/** What a slot holds: a finished clip; another station's stream; an announcer who reads an approved text. */
export const slotKinds = ['clip', 'relay', 'live'] as const;

export type SlotKind = (typeof slotKinds)[number];

export const slotKindNames: Record<SlotKind, string> = {
  clip: 'bản thu',
  relay: 'tiếp sóng',
  live: 'phát trực tiếp',
};

/** What it is in its session: an item, or the opening or closing that the session is framed with. */
export const slotRoles = ['item', 'opening', 'closing'] as const;

export type SlotRole = (typeof slotRoles)[number];

/** A slot that is already stored. */
export interface ExistingSlot extends TimeRange {
  id: string;
  channelId: string;
  date: LocalDate;
  state: SlotState;
  key?: string;
  demandId?: string;
  clipId?: string;
  /** Held by a person or by the playlist: the planner never takes it away. */
  locked?: boolean;
  /** The slot for which this one is the make-good; such a slot satisfies no day's minimum of its own. */
  makeGoodFor?: string;
}

export type ShortfallCode =
  | 'unknown-channel' // the channel is not among those that were given
  | 'no-window' // no window opens that day
  | 'window-skipped' // an override silences the day
  | 'not-permitted' // windows open, but the policy forbids all of them
  | 'past' // what was left of the day is over or inside the lock
  | 'clip-too-long' // longer than any window of the day
  | 'full'; // windows are open and taken
