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

/** What one obligation wants of some channels: one clip, so many plays a local day, `from`–`until` both included. */
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
  /** Local hours in which its plays stand as long as there is room in them, e.g. the peak hours of a letter. */
  preferred?: readonly { from: LocalTime; until: LocalTime }[];
  /** `even` (default): over the windows of the day, then apart within one. `earliest`: as soon as there is room. */
  spread?: 'even' | 'earliest';
  /** How sentences name it; without one they say the campaign's id. */
  title?: string;
}

export interface PlanInput {
  obligations: readonly PlanDemand[];
  channels: readonly PlanChannel[];
  existing: readonly ExistingSlot[];
  now: Instant;
  /** How long before air nothing is placed or taken away any more. */
  lockMs: number;
  /** Local days of each channel, both included; at most 366. */
  horizon: { from: LocalDate; until: LocalDate };
  /** Silence kept between two slots; 0 when not given. */
  gapMs?: number;
  /** After every minimum: go on to the maximum where there is room. Without it a plan is exactly the minimum. */
  fillToMax?: boolean;
}

export interface PlannedSlot extends TimeRange {
  /** `demand|channel|date|n`: two processes that plan the same thing make the same keys. */
  key: string;
  channelId: string;
  windowId: string;
  date: LocalDate;
  demandId: string;
  campaignId: string;
  clipId: string;
  /** In Vietnamese: why it stands there. */
  why: string;
}

/** A minimum that cannot be met: `placed` of `wanted` plays stand on that channel and day. */
export interface PlanShortfall {
  channelId: string;
  date: LocalDate;
  demandId: string;
  wanted: number;
  placed: number;
  code: PlanShortfallCode;
  sentence: Sentence;
  /** Vietnamese sentences; each one alone would make the missing plays fit. */
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
  /** What is to be added, by channel and start. */
  slots: PlannedSlot[];
  shortfalls: PlanShortfall[];
  /** Stored slots that stay as they are. */
  kept: ExistingSlot[];
  /** Stored slots that no longer answer their demand; the plan counts their place as free. */
  removed: RemovedSlot[];
}

/** A demand of the planner that remembers where it came from. */
export interface SourcedDemand extends PlanDemand {
  /** The obligation, or the campaign where no obligation is named. */
  source: string;
  hasObligation: boolean;
  obligationId: string | null;
}
