import type { LocalDate } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import type { SlotState } from './slot.transitions.js';

/** A stored slot, as the planner needs it. */
export interface ExistingSlot extends TimeRange {
  id: string;
  channelId: string;
  date: LocalDate;
  state: SlotState;
  key?: string;
  demandId?: string;
  clipId?: string;
  /** Pinned by a person or by the playlist: the planner never takes it away. */
  locked?: boolean;
  /** The slot that this one makes good; a make-good counts towards no day's minimum. */
  makeGoodFor?: string;
}
