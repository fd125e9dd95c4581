import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import type { LocalDate, LocalTime } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import type { PlanShortfallCode } from '../slots/shortfall.js';
import type { ExistingSlot } from '../slots/existing-slot.js';

/** Bulletin classes of Thông tư 39/2020, strongest first. */
export const priorityClasses = ['emergency', 'priority', 'normal'] as const;

export type PriorityClass = (typeof priorityClasses)[number];

/**
 * What one obligation demands of some channels: one clip, a number of plays a local day, `from`–`until` both included.
 */
export interface PlanDemand {
  id: string;
  campaignId: string;
  clipId: string;
  /** Measured from the clip; integer milliseconds. */
  durationMs: number;
  priority: PriorityClass;
  minPlaysPerDay: number;
  maxPlaysPerDay: number;
  from: LocalDate;
  until: LocalDate;
  weekdays?: readonly number[];
  channelIds: readonly string[];
  /** Local hours in which its plays are placed while there is room, e.g. the peak hours of a directive. */
  preferred?: readonly { from: LocalTime; until: LocalTime }[];
  /** `even` (default): over the windows of the day, then apart within one. `earliest`: as soon as there is room. */
  spread?: 'even' | 'earliest';
  /** When it was first asked: no plays are owed by sessions that had begun, or were locked, before. */
  since?: Instant;
  /** Its name in sentences; without one they give the campaign's id. */
  title?: string;
}

export interface PlanInput {
  obligations: readonly PlanDemand[];
  channels: readonly PlanChannel[];
  existing: readonly ExistingSlot[];
  now: Instant;
  /** The time before air within which nothing is placed or removed. */
  lockMs: number;
  /** Local days of each channel, both included; at most 366. */
  horizon: { from: LocalDate; until: LocalDate };
  /** Silence between two slots; default 0. */
  gapMs?: number;
  /** After every minimum: continue to the maximum where there is room. Without it a plan is exactly the minimum. */
  fillToMax?: boolean;
}

export interface PlannedSlot extends TimeRange {
  /** `demand|channel|date|n`: two processes that plan the same demand make the same keys. */
  key: string;
  channelId: string;
  windowId: string;
  date: LocalDate;
  demandId: string;
  campaignId: string;
  clipId: string;
  /** In Vietnamese: why it is placed there. */
  why: string;
}

/** A minimum that cannot be met: `placed` of `wanted` plays exist on that channel and day. */
export interface PlanShortfall {
  channelId: string;
  date: LocalDate;
  demandId: string;
  wanted: number;
  placed: number;
  code: PlanShortfallCode;
  sentence: Sentence;
  /** Vietnamese sentences; each suggestion alone would make the missing plays fit. */
  wouldFree: string[];
}

export type RemovalCode =
  | 'clip-changed'
  | 'length-changed'
  | 'window-gone'
  | 'not-wanted' // the day or the channel is no longer part of the demand
  | 'over-maximum';

export interface RemovedSlot {
  slot: ExistingSlot;
  code: RemovalCode;
  sentence: Sentence;
}

export interface Plan {
  /** Slots to add, by channel and start. */
  slots: PlannedSlot[];
  shortfalls: PlanShortfall[];
  /** Stored slots that stay unchanged. */
  kept: ExistingSlot[];
  /** Stored slots that no longer match their demand; the plan counts their place as free. */
  removed: RemovedSlot[];
}

/** A planner demand with its source. */
export interface SourcedDemand extends PlanDemand {
  /** The script of its clip. */
  scriptId: string;
  /** Plays of other scripts for the same obligation give way to it; otherwise all of them play. */
  replacesOthers?: boolean;
  /** The obligation, or the campaign when there is no obligation. */
  source: string;
  hasObligation: boolean;
  obligationId: string | null;
}
