import type { Instant } from '../../shared/clock.js';
import type { ClashChoice } from '../slots/clash.js';
import type { Difference } from '../slots/slot-difference.js';
import type { ContentRequest } from '../slots/slot-content.js';
import type { SlotView } from '../slots/slot-view.js';
import type { Start } from '../slots/start-rule.js';
import type { WardOutcome } from './ward-decision.transitions.js';

/** One item that a person places on one channel. */
export interface HandPlacement {
  channelCode: string;
  startsAt: Instant;
  content: ContentRequest;
  /** Optional for a relay. */
  campaignId?: string;
  /** The obligation that the play answers; the planner then counts it. */
  obligationId?: string;
  start?: Start;
  /** What to do when other slots occupy the time; default `refuse`. */
  onClash?: ClashChoice;
  /** Required when slots inside the lock are replaced. */
  reason?: string;
  /** Passes windows, hours and lock; only an approver may order it. */
  emergency?: { reason: string };
  /** The outcome when the ward does not answer in time; default `centre`. */
  wardDefault?: WardOutcome;
}

export interface HandMove {
  startsAt: Instant;
  /** A channel other than the present one. */
  channelCode?: string;
  onClash?: ClashChoice;
  /** Required inside the lock. */
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
