import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '../shared/channel-kind.js';
import { Clock, type Instant } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { addDays, type LocalDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import type { Actor } from '../people/actor.js';
import { Audit } from '../people/audit.js';
import { Approvals } from '../approvals/approvals.service.js';
import { approvedSound, openCampaign, requireOwnObligation } from './approved-content.js';
import { type ChannelWithRules, channelsWithRules, lockChannels } from './channel-rules.js';
import {
  daysOfCampaign,
  type DemandRequest,
  demandsOf,
  named,
  type SourcedDemand,
  withDemands,
} from './plan-request.js';
import type { Plan, PlannedSlot, Shortfall } from './planning/planning.types.js';
import { plan } from './planning/slot.planner.js';
import { SlotCancelled, SlotPlaced } from './schedule.events.js';
import type { Slot } from './slot.entity.js';
import { byChannel, endPlannedSlots, insertSlots, storedSlots } from './slot-rows.js';

/** Nothing is planned closer to air: a station must still have the time to fetch it. */
const LOCK_MS = 10 * 60_000;
/** Silence between two planned slots, so that a player that starts late does not eat the next one. */
const GAP_MS = 2_000;
/** A window opened two days earlier may still run: its slots take time too. */
const DAYS_AROUND = 2;

export interface PlanRequest {
  campaignId: string;
  demands: readonly DemandRequest[];
  /** Local days of each channel, both included; cut to the days of the campaign. */
  from: LocalDate;
  until: LocalDate;
  /** Plan up to the maximum where there is room; otherwise a plan is exactly the minimum. */
  fillToMax?: boolean;
  /** Tell what would happen, and change nothing. */
  dryRun?: boolean;
}

export interface PlacedSlot {
  /** Absent in a dry run. */
  id?: string;
  key: string;
  channelId: string;
  channelCode: string;
  date: LocalDate;
  startsAt: Instant;
  endsAt: Instant;
  clipId: string;
  why: string;
}

export interface PlanOutcome {
  dryRun: boolean;
  placed: PlacedSlot[];
  /** How many of `placed` stand on channels of each kind. */
  counts: Partial<Record<ChannelKind, number>>;
  /** Minimums that cannot be met, with the reason and what would help. */
  shortfalls: (Shortfall & { channelCode: string | null; channelName: string | null })[];
  /** Slots of these demands that stood already and stay. */
  kept: number;
  /** Slots that no longer answered their demand and were taken away. */
  cancelled: { id: string; channelId: string; date: LocalDate; reason: string }[];
}

/** From what a campaign wants to slots, in one transaction. */
@Injectable()
export class CampaignPlanner {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
  ) {}

  /** See `Schedule.planCampaign`. */
  planCampaign(actor: Actor, request: PlanRequest): Promise<PlanOutcome> {
    return this.database.write(async (tx) => {
      const campaign = await openCampaign(tx, request.campaignId);
      const days = daysOfCampaign(campaign, request);
      const channels = await channelsWithRules(tx, { days });
      const wishes: SourcedDemand[] = [];
      for (const demand of request.demands) {
        if (demand.obligationId !== undefined) await requireOwnObligation(tx, campaign, demand.obligationId);
        const sound = await approvedSound(tx, this.approvals, campaign.id, demand.clipId);
        wishes.push(...demandsOf(demand, sound, campaign, days, channels));
      }
      const demands = named(wishes);
      const involved = channels.filter(({ channel }) => demands.some((one) => one.channelIds.includes(channel.id)));
      const ids = involved.map(({ channel }) => channel.id);
      await lockChannels(tx, ids);
      const around = [addDays(days.from, -DAYS_AROUND), addDays(days.until, DAYS_AROUND)] as const;
      const stored = await storedSlots(tx, ids, ...around);
      const made = plan({
        obligations: demands,
        channels: involved.map(({ rules }) => rules),
        existing: withDemands(stored, demands),
        now: this.clock.now(),
        lockMs: LOCK_MS,
        gapMs: GAP_MS,
        horizon: days,
        fillToMax: request.fillToMax,
      });
      const rows = made.slots.map((slot) => this.row(slot, demands, actor));
      if (!request.dryRun) await this.carryOut(tx, actor, request.campaignId, made, rows);
      return outcome(request.dryRun ?? false, made, rows, involved);
    });
  }

  private row(slot: PlannedSlot, demands: readonly SourcedDemand[], actor: Actor): Slot {
    const now = this.clock.now();
    const { key, channelId, windowId, date, campaignId, clipId, why } = slot;
    const obligationId = demands.find(({ id }) => id === slot.demandId)?.obligationId ?? null;
    const place = { channelId, windowId, date, startsAt: slot.start, endsAt: slot.end };
    const rest = { state: 'planned' as const, reason: null, why, createdAt: now, createdBy: actor.accountId };
    return { id: newId(now), key, ...place, campaignId, obligationId, clipId, ...rest };
  }

  private async carryOut(tx: EntityManager, actor: Actor, campaignId: string, made: Plan, rows: readonly Slot[]) {
    const reasons = new Map<string, string[]>();
    for (const { slot, sentence } of made.removed) {
      reasons.set(sentence.vi, [...(reasons.get(sentence.vi) ?? []), slot.id]);
    }
    for (const [reason, ids] of reasons) await endPlannedSlots(tx, ids, 'cancelled', reason);
    await insertSlots(tx, rows);
    for (const one of byChannel(made.removed.map(({ slot }) => slot))) {
      await this.events.publish(tx, new SlotCancelled(one.slotIds, one.channelId, one.dates));
    }
    for (const one of byChannel(rows)) {
      await this.events.publish(tx, new SlotPlaced(one.slotIds, one.channelId, one.dates));
    }
    await this.audit.record(tx, actor, {
      action: 'campaign.planned',
      entity: 'campaign',
      entityId: campaignId,
      after: { placed: rows.length, cancelled: made.removed.length, shortfalls: made.shortfalls.length },
    });
  }
}

function outcome(dryRun: boolean, made: Plan, rows: readonly Slot[], channels: ChannelWithRules[]): PlanOutcome {
  const byId = new Map(channels.map(({ channel }) => [channel.id, channel]));
  const counts: PlanOutcome['counts'] = {};
  const placed = rows.map(({ id, key, channelId, date, startsAt, endsAt, clipId, why }) => {
    const channel = byId.get(channelId);
    if (channel) counts[channel.kind] = (counts[channel.kind] ?? 0) + 1;
    const slot = { key, channelId, channelCode: channel?.code ?? '', date, startsAt, endsAt, clipId, why };
    return dryRun ? slot : { id, ...slot };
  });
  const shortfalls = made.shortfalls.map((shortfall) => {
    const channel = byId.get(shortfall.channelId);
    return { ...shortfall, channelCode: channel?.code ?? null, channelName: channel?.name ?? null };
  });
  const kept = made.kept.filter(({ demandId, state }) => demandId !== undefined && state !== 'cancelled').length;
  const cancelled = made.removed.map(({ slot, sentence }) => ({
    id: slot.id,
    channelId: slot.channelId,
    date: slot.date,
    reason: sentence.vi,
  }));
  return { dryRun, placed, counts, shortfalls, kept, cancelled };
}
