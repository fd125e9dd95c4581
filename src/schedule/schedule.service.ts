import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Instant } from '../shared/clock.js';
import type { LocalDate, TimeZone } from '../shared/local-time.js';
import type { Actor } from '../people/access/actor.js';
import { CampaignPlanner, type PlanRequest } from './plans/campaign-planner.service.js';
import type { DayView } from './calendar/day-view.js';
import type { PlanOutcome } from './plans/plan-outcome.js';
import { ScheduleViews } from './calendar/schedule-views.service.js';
import { SlotPlacement } from './placing/slot-placement.service.js';
import { SlotOutcomes } from './changes/slot-outcomes.service.js';
import type { SlotView } from './slots/slot-view.js';
import { SlotEdits } from './placing/slot-edits.service.js';

export interface ClipPlacement {
  channelCode: string;
  clipId: string;
  startsAt: Instant;
  campaignId: string;
  obligationId?: string;
}

/** The entry point of other folders: places, moves, cancels and reads slots. */
@Injectable()
export class Schedule {
  constructor(
    private readonly outcomes: SlotOutcomes,
    private readonly planner: CampaignPlanner,
    private readonly placement: SlotPlacement,
    private readonly edits: SlotEdits,
    private readonly views: ScheduleViews,
  ) {}

  /**
   * Places the missing plays of the demands, and takes out those that no longer match them. The same request again adds
   * nothing, also from two processes at once. Only approved clips, never in the past, never outside windows and
   * permitted hours; minimums that cannot be met are returned with their reason. Throws 404; `campaign-closed`,
   * `not-approved` (409); `outside-campaign`, `other-campaign`, `other-directive`, `other-unit`, `demand-twice`,
   * `not-for-loudspeakers` and the planner's `bad-…` (422).
   */
  planCampaign(actor: Actor, request: PlanRequest): Promise<PlanOutcome> {
    return this.planner.planCampaign(actor, request);
  }

  /**
   * Places one clip, as `SlotPlacement` does for people; the length is the clip's. Throws 404; `overlap` (409) with the
   * slots met and the nearest free starts; `not-approved`, `campaign-closed` (409); `outside-permitted-hours`,
   * `outside-window`, `in-the-past`, `outside-campaign`, `other-campaign`, `other-unit` (422).
   */
  async place(actor: Actor, { clipId, ...rest }: ClipPlacement): Promise<SlotView> {
    const placed = await this.placement.place(actor, { ...rest, content: { kind: 'clip', clipId } });
    if (placed.outcome === 'placed') return placed.slot;
    throw new Error('a placement without a choice asks no ward');
  }

  /** Moves a slot to another time on its channel. Throws as `place`, and `frozen` (422) for a slot that is over. */
  async move(actor: Actor, slotId: string, startsAt: Instant, reason?: string): Promise<SlotView> {
    return (await this.placement.move(actor, slotId, { startsAt, reason })).slot;
  }

  /** Cancels a slot before it has ended. Throws 404, `reason-needed`, `in-the-past` (422), `illegal-move` (409). */
  async cancel(actor: Actor, slotId: string, reason: string): Promise<void> {
    await this.edits.cancel(actor, slotId, reason);
  }

  /** Stores the outcome of a slot: see `SlotOutcomes.finish`. */
  finish(
    tx: EntityManager,
    slotId: string,
    state: 'played' | 'missed',
    reason: string | null,
    actor?: Actor,
  ): Promise<boolean> {
    return this.outcomes.finish(tx, slotId, { state, reason, evidenceUntil: null, noWord: false }, actor);
  }

  /** One local day of a channel: its windows with their fill and its slots of every state. Throws 404. */
  day(channelId: string, date: LocalDate): Promise<DayView> {
    return this.views.day(channelId, date);
  }

  /** The first day on which something can still be planned: see `ScheduleViews.firstSessionDay`. */
  firstSessionDay(at: Instant, zone: TimeZone): Promise<LocalDate> {
    return this.views.firstSessionDay(at, zone);
  }

  /** Seven days from `monday`. Throws 404. */
  week(channelId: string, monday: LocalDate): Promise<DayView[]> {
    return this.views.week(channelId, monday);
  }
}
