import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { requireWithin } from '../../approvals/scope.js';
import { approvedSound, openCampaign, requireOwnObligation } from '../slots/approved-content.js';
import { type ChannelWithRules, channelsWithRules } from '../../channels/channels-with-rules.js';
import { lockChannels } from '../../channels/lock-channels.js';
import { newSlot } from '../slots/new-slot.js';
import { outcome, type PlanOutcome } from './plan-outcome.js';
import {
  type DateRange,
  daysOfCampaign,
  type DemandRequest,
  demandsOf,
  withNames,
  requireReasonable,
  withDemands,
} from '../demands/plan-request.js';
import type { SourcedDemand, Plan, PlannedSlot } from '../planning/planning.types.js';
import { plan } from '../planning/slot-planner.js';
import { DAYS_AROUND, GAP_MS } from '../slots/planning-distances.js';
import { withDryRun } from '../slots/dry-run.js';
import { CampaignDemands } from '../demands/campaign-demands.service.js';
import { SessionBookends } from '../bookends/session-bookends.service.js';
import { SlotChanges, type TouchedSlot, touchedRow } from '../slots/slot-changes.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import type { Slot } from '../slots/slot.entity.js';
import { storedSlots } from '../slots/slot-rows.js';

export interface PlanRequest {
  campaignId: string;
  demands: readonly DemandRequest[];
  /** Local days of each channel, both included; cut to the days of the campaign. */
  from: LocalDate;
  until: LocalDate;
  /** Plan up to the maximum where there is room; otherwise a plan is exactly the minimum. */
  fillToMax?: boolean;
  /** Report what would happen, and change nothing. */
  dryRun?: boolean;
}

export interface DemandedPlan {
  demands: readonly SourcedDemand[];
  channels: readonly ChannelWithRules[];
  days: DateRange;
  fillToMax?: boolean;
}

export interface CarriedOut {
  made: Plan;
  involved: ChannelWithRules[];
  rows: Slot[];
}

/** Plans the demands of a campaign as slots, in one transaction. */
@Injectable()
export class CampaignPlanner {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
    private readonly demands: CampaignDemands,
    private readonly bookends: SessionBookends,
    private readonly writer: SlotWriter,
  ) {}

  /** See `Schedule.planCampaign`. */
  async planCampaign(actor: Actor, request: PlanRequest): Promise<PlanOutcome> {
    return withDryRun(this.database, request.dryRun ?? false, async (tx) => {
      const campaign = await openCampaign(tx, request.campaignId);
      const days = daysOfCampaign(campaign, request);
      const channels = await channelsWithRules(tx, { days });
      const requested: SourcedDemand[] = [];
      for (const demand of request.demands) {
        if (demand.obligationId !== undefined) await requireOwnObligation(tx, campaign, demand.obligationId);
        const sound = await approvedSound(tx, this.approvals, campaign.id, demand.clipId);
        const parts = demandsOf(demand, sound, campaign, days, channels);
        const kinds = new Map(channels.map(({ channel }) => [channel.id, channel.kind]));
        const wanted = parts.flatMap((part) => part.channelIds).map((id) => ({ id, kind: kinds.get(id) }));
        const use = { ...days, channels: wanted, bulletinClass: campaign.bulletinClass };
        requireWithin(sound.approval?.scope ?? null, sound.script.channelKind, use);
        requested.push(...parts);
      }
      const demands = withNames(requested);
      requireReasonable(demands, days);
      await this.demands.store(tx, actor, campaign.id, { ...request, ...days });
      const changes = new SlotChanges();
      const { made, involved, rows } = await this.plan(tx, actor, changes, {
        demands,
        channels,
        days,
        fillToMax: request.fillToMax,
      });
      const difference = await this.writer.close(tx, changes, false);
      await this.audit.record(tx, actor, {
        action: 'campaign.planned',
        entity: 'campaign',
        entityId: campaign.id,
        after: { placed: rows.length, cancelled: made.removed.length, shortfalls: made.shortfalls.length },
      });
      return outcome(request.dryRun ?? false, demands, made, rows, involved, difference);
    });
  }

  /** Inserts the slots that the planner adds and cancels those that it removes. The caller closes the changes. */
  async plan(
    tx: EntityManager,
    actor: Actor,
    changes: SlotChanges,
    { demands, channels, days, fillToMax }: DemandedPlan,
  ): Promise<CarriedOut> {
    const involved = channels.filter(({ channel }) => demands.some((one) => one.channelIds.includes(channel.id)));
    const ids = involved.map(({ channel }) => channel.id);
    await lockChannels(tx, ids);
    const around = [addDays(days.from, -DAYS_AROUND), addDays(days.until, DAYS_AROUND)] as const;
    const stored = (await storedSlots(tx, ids, ...around)).filter(({ role }) => role === 'item');
    const settings = await this.bookends.settings(tx, involved);
    const made = plan({
      obligations: demands,
      channels: involved.map(({ rules }) => rules),
      existing: [
        ...withDemands(stored, demands),
        ...involved.flatMap((one) => this.bookends.reserved(one, settings, ...around)),
      ],
      now: this.clock.now(),
      lockMs: this.config.lockMs,
      gapMs: GAP_MS,
      horizon: days,
      fillToMax,
    });
    const rows = made.slots.map((slot) => this.row(slot, demands, actor));
    const byId = new Map(stored.map((slot) => [slot.id, slot]));
    const reasons = new Map<string, TouchedSlot[]>();
    for (const { slot, sentence } of made.removed) {
      const row = byId.get(slot.id);
      if (row) reasons.set(sentence.vi, [...(reasons.get(sentence.vi) ?? []), touchedRow(row)]);
    }
    for (const [reason, slots] of reasons) await this.writer.end(tx, changes, slots, 'cancelled', reason);
    await this.writer.add(tx, changes, rows);
    return { made, involved, rows };
  }

  private row(slot: PlannedSlot, demands: readonly SourcedDemand[], actor: Actor): Slot {
    const now = this.clock.now();
    const { key, channelId, windowId, date, campaignId, clipId, why } = slot;
    const obligationId = demands.find(({ id }) => id === slot.demandId)?.obligationId ?? null;
    const place = { channelId, windowId, date, startsAt: slot.start, endsAt: slot.end };
    const made = { why, createdAt: now, createdBy: actor.accountId };
    return newSlot({ id: newId(now), key, ...place, campaignId, obligationId, clipId, ...made });
  }
}
