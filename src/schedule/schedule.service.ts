import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Instant } from '../shared/clock.js';
import { notFound } from '../shared/domain-error.js';
import type { LocalDate } from '../shared/local-time.js';
import { move } from '../shared/transitions.js';
import { Events } from '../database/events.js';
import { type Actor, systemActor } from '../people/actor.js';
import { Audit } from '../people/audit.js';
import { CampaignPlanner, type PlanOutcome, type PlanRequest } from './campaign-planner.service.js';
import type { DayView } from './day-view.js';
import { slotTransitions } from './planning/slot.transitions.js';
import { SlotEnded } from './schedule.events.js';
import { changedMeanwhile } from './slot-ledger.service.js';
import { ScheduleViews } from './schedule-views.service.js';
import { SlotDesk } from './slot-desk.service.js';
import { Slot } from './slot.entity.js';
import { endPlannedSlots } from './slot-rows.js';
import { type SlotView, slotViews } from './slot-view.js';

/**
 * How long after its end a slot may wait for a report. Stations that have a line report within a minute; half an hour covers
 * a restart of the old PC and of the centre. After that nobody was heard to play it, and it counts as missed until
 * somebody proves otherwise.
 */
export const REPORT_GRACE_MS = 30 * 60_000;

export interface ClipPlacement {
  channelCode: string;
  clipId: string;
  startsAt: Instant;
  campaignId: string;
  obligationId?: string;
}

/** Slots: what plays where and when, and what became of it. */
@Injectable()
export class Schedule {
  constructor(
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly planner: CampaignPlanner,
    private readonly desk: SlotDesk,
    private readonly views: ScheduleViews,
  ) {}

  /**
   * Places the plays that the demands lack, and takes away those that no longer answer them. The same request again adds
   * nothing, also from two processes at once. Only approved clips, never in the past, never outside windows and permitted
   * hours; minimums that cannot be met are told with their reason. Throws 404; `campaign-closed`, `not-approved`
   * (409); `outside-campaign`, `other-campaign`, `other-directive`, `other-unit`, `demand-twice`, `not-for-loudspeakers`
   * and the planner's `bad-…` (422).
   */
  planCampaign(actor: Actor, request: PlanRequest): Promise<PlanOutcome> {
    return this.planner.planCampaign(actor, request);
  }

  /**
   * One clip by hand, as `desk` does it for people; its length is the clip's. Throws 404; `overlap` (409) naming the slots met
   * with the nearest free starts; `not-approved`, `campaign-closed` (409); `outside-permitted-hours`, `outside-window`,
   * `in-the-past`, `outside-campaign`, `other-campaign`, `other-unit` (422).
   */
  async place(actor: Actor, { clipId, ...rest }: ClipPlacement): Promise<SlotView> {
    const placed = await this.desk.place(actor, { ...rest, content: { kind: 'clip', clipId } });
    if (placed.outcome === 'placed') return placed.slot;
    throw new Error('a placement without a choice asks no ward');
  }

  /** To another time on its channel. Throws as `place`, and `frozen` (422) for a slot that is over. */
  async move(actor: Actor, slotId: string, startsAt: Instant, reason?: string): Promise<SlotView> {
    return (await this.desk.move(actor, slotId, { startsAt, reason })).slot;
  }

  /** Takes a slot out before it has ended. Throws 404, `reason-needed`, `in-the-past` (422), `illegal-move` (409). */
  async cancel(actor: Actor, slotId: string, reason: string): Promise<void> {
    await this.desk.cancel(actor, slotId, reason);
  }

  /**
   * What was heard, or not heard, of a slot, in the caller's transaction. True when it is now decided; false when it had
   * that very state before, so that the same report twice is one change. Throws 404, `illegal-move` (409).
   */
  async finish(
    tx: EntityManager,
    slotId: string,
    state: 'played' | 'missed',
    reason: string | null,
    actor: Actor = systemActor('đối soát phát sóng'),
  ): Promise<boolean> {
    const slot = await tx.findOneBy(Slot, { id: slotId });
    if (!slot) throw notFound();
    if (slot.state === state) return false;
    move(slotTransitions, slot.state, state, 'lượt phát');
    await this.end(tx, slot, state, reason);
    const after = { state, reason };
    await this.audit.record(tx, actor, { action: `slot.${state}`, entity: 'slot', entityId: slot.id, after });
    await this.events.publish(tx, new SlotEnded(slot.id, state));
    return true;
  }

  /** Slots without a report whose end is more than `graceMs` ago, oldest first, at most `limit`. Proof ends them as missed. */
  overdue(em: EntityManager, now: Instant, graceMs = REPORT_GRACE_MS, limit = 500): Promise<SlotView[]> {
    return slotViews(em, { endedBefore: now - graceMs, limit });
  }

  /** One local day of a channel: its windows with their fill and its slots of every state. 404. */
  day(channelId: string, date: LocalDate): Promise<DayView> {
    return this.views.day(channelId, date);
  }

  /** Seven days from `monday`. 404. */
  week(channelId: string, monday: LocalDate): Promise<DayView[]> {
    return this.views.week(channelId, monday);
  }

  /** The row is claimed by the state it was seen in: of two who end it, one is told that it has moved. */
  private async end(tx: EntityManager, slot: Slot, state: Slot['state'], reason: string | null): Promise<void> {
    if ((await endPlannedSlots(tx, [slot.id], state, reason)) === 1) return;
    throw changedMeanwhile();
  }
}
