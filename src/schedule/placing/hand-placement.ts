import type { Instant } from '../../shared/clock.js';
import type { ClashChoice } from '../slots/clash.js';
import type { Difference } from '../slots/slot-difference.js';
import type { ContentRequest } from '../slots/slot-content.js';
import type { SlotView } from '../slots/slot-view.js';
import type { Start } from '../slots/start-rule.js';
import type { WardOutcome } from './ward-decision.transitions.js';

/** One item, put on one channel by a person. */
export interface HandPlacement {
  channelCode: string;
  startsAt: Instant;
  content: ContentRequest;
  /** A relay may do without. */
  campaignId?: string;
  /** The obligation that the play answers; the planner then counts it. */
  obligationId?: string;
  start?: Start;
  /** What to do when other slots stand there; `refuse` when not given. */
  onClash?: ClashChoice;
  /** Needed for what is replaced inside the lock. */
  reason?: string;
  /** Passes windows, hours and lock; an approver orders it. */
  emergency?: { reason: string };
  /** What holds when the ward does not answer in time; `centre` when not given. */
  wardDefault?: WardOutcome;
}

export interface HandMove {
  startsAt: Instant;
  /** Another channel than it stands on. */
  channelCode?: string;
  onClash?: ClashChoice;
  /** Needed inside the lock. */
  reason?: string;
  /** The version that the person has seen. */
  version?: number;
}

export interface Placed {
  outcome: 'placed';
  slot: SlotView;
  difference: Difference;
}

export interface WardAsked {
  outcome: 'ward-decides';
  decisionId: string;
}
