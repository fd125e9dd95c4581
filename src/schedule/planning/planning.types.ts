import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import type { LocalDate, LocalTime, TimeZone } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import type { WindowDays } from '../../channels/window-days.js';
import type { SlotState } from './slot.transitions.js';

/** A window: it opens on these weekdays at `start`, local time, for `minutes`. `from` and `until` are days of the season, both included. */
export interface WindowRule {
  id: string;
  channelId: string;
  /** 1 Monday … 7 Sunday (ISO 8601). */
  weekdays: readonly number[];
  start: LocalTime;
  /** 1 … 1440 of real time; a window may run past midnight and then belongs to the day on which it opens. */
  minutes: number;
  from?: LocalDate;
  until?: LocalDate;
  /** What else narrows its days: a rule of the calendar, a season of every year, days off. */
  days?: WindowDays;
}

/**
 * One date of one window, without touching the series. `skip`: silent that day. `move`: another start or length, if the
 * window opens that day at all. `special`: opens that day whatever the weekday and the season say; it also passes the
 * weekday rule of the policy, and nothing else of it.
 */
export interface DayOverride {
  windowId: string;
  date: LocalDate;
  kind: 'skip' | 'move' | 'special';
  start?: LocalTime;
  minutes?: number;
}

/** The law of the place. An empty `permitted` permits nothing. `until` at or before `from` runs over midnight; equal is the whole day. */
export interface Policy {
  permitted: readonly { from: LocalTime; until: LocalTime }[];
  weekdays?: readonly number[];
  sessionsPerDay?: number;
  minutesPerSession?: number;
  /** Special occasions: on these days the weekday rule does not hold. */
  openDates?: ReadonlySet<LocalDate>;
  /** On these days only a special programme is heard. */
  silentDates?: ReadonlySet<LocalDate>;
  /** Rules that take over on a day to come, in the order of their days; each has no `later` of its own. */
  later?: readonly { from: LocalDate; policy: Policy }[];
}

/** One opening of a window, already inside the policy. `date` is the local day on which it opens. */
export interface Occurrence extends TimeRange {
  windowId: string;
  channelId: string;
  date: LocalDate;
}

export interface PlanChannel {
  id: string;
  zone: TimeZone;
  policy: Policy;
  windows: readonly WindowRule[];
  overrides: readonly DayOverride[];
}

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

export type ShortfallCode =
  | 'unknown-channel' // the channel is not among those that were given
  | 'no-window' // no window opens that day
  | 'window-skipped' // an override silences the day
  | 'not-permitted' // windows open, but the policy forbids all of them
  | 'past' // what was left of the day is over or inside the lock
  | 'clip-too-long' // longer than any window of the day
  | 'full'; // windows are open and taken

/** A minimum that cannot be met: `placed` of `wanted` plays stand on that channel and day. */
export interface Shortfall {
  channelId: string;
  date: LocalDate;
  demandId: string;
  wanted: number;
  placed: number;
  code: ShortfallCode;
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
  shortfalls: Shortfall[];
  /** Stored slots that stay as they are. */
  kept: ExistingSlot[];
  /** Stored slots that no longer answer their demand; the plan counts their place as free. */
  removed: RemovedSlot[];
}
