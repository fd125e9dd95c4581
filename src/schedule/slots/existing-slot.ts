import type { LocalDate } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import type { SlotState } from './slot.transitions.js';

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
