import { Injectable } from '@nestjs/common';
import { type LocalDate } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { requireWithin } from '../../approvals/scope.js';
import { approvedSound, openCampaign, requireOwnObligation } from '../slots/approved-content.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import { DemandPlanner } from './demand-planner.service.js';
import { outcome, type PlanOutcome } from './plan-outcome.js';
import {
  daysOfCampaign,
  type DemandRequest,
  demandsOf,
  withNames,
  requireReasonable,
} from '../demands/plan-request.js';
import type { SourcedDemand } from '../planning/planning.types.js';
import { withDryRun } from '../slots/dry-run.js';
import { CampaignDemands } from '../demands/campaign-demands.service.js';
import { SlotChanges } from '../slots/slot-changes.js';
import { SlotWriter } from '../changes/slot-writer.service.js';

export interface PlanRequest {
  campaignId: string;
  demands: readonly DemandRequest[];
  /** Local days of each channel, both ends included, cut to the days of the campaign. */
  from: LocalDate;
  until: LocalDate;
  /** Plan up to the maximum where time allows; otherwise a plan has exactly the minimum. */
  fillToMax?: boolean;
  /** Return what would happen and change nothing. */
  dryRun?: boolean;
}

/** Plans the slots of a campaign from its demands, in one transaction. */
@Injectable()
export class CampaignPlanner {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
    private readonly demands: CampaignDemands,
    private readonly planner: DemandPlanner,
    private readonly writer: SlotWriter,
  ) {}

  /** See `Schedule.planCampaign`. */
  async planCampaign(actor: Actor, request: PlanRequest): Promise<PlanOutcome> {
    return withDryRun(this.database, request.dryRun ?? false, async (tx) => {
      const campaign = await openCampaign(tx, request.campaignId);
      const days = daysOfCampaign(campaign, request);
      const channels = await channelsWithRules(tx, { days });
      const requested: SourcedDemand[] = [];
      const since = await this.demands.store(tx, actor, campaign.id, { ...request, ...days });
      for (const [n, demand] of request.demands.entries()) {
        if (demand.obligationId !== undefined) await requireOwnObligation(tx, campaign, demand.obligationId);
        const sound = await approvedSound(tx, this.approvals, campaign.id, demand.clipId);
        const parts = demandsOf(demand, sound, campaign, days, channels);
        const kinds = new Map(channels.map(({ channel }) => [channel.id, channel.kind]));
        const usedChannels = parts.flatMap((part) => part.channelIds).map((id) => ({ id, kind: kinds.get(id) }));
        const use = { ...days, channels: usedChannels, bulletinClass: campaign.bulletinClass };
        requireWithin(sound.approval?.scope ?? null, sound.script.channelKind, use);
        requested.push(...parts.map((part) => ({ ...part, since: since[n] })));
      }
      const demands = withNames(requested);
      requireReasonable(demands, days);
      const changes = new SlotChanges();
      const carriedOut = await this.planner.plan(tx, actor, changes, {
        demands,
        channels,
        days,
        fillToMax: request.fillToMax,
      });
      const { made, rows } = carriedOut;
      const difference = await this.writer.close(tx, changes, false);
      await this.audit.record(tx, actor, {
        action: 'campaign.planned',
        entity: 'campaign',
        entityId: campaign.id,
        after: { placed: rows.length, cancelled: made.removed.length, shortfalls: made.shortfalls.length },
      });
      return outcome(request.dryRun ?? false, demands, carriedOut, difference);
    });
  }
}
