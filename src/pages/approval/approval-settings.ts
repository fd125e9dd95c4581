import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import { Database } from '../../database/database.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import type { ChannelWindow } from '../../channels/entities/channel-window.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { Directive } from '../../directives/directive.entity.js';
import { Obligation } from '../../directives/obligation.entity.js';
import { Approval } from '../../approvals/approval.entity.js';
import { Approvals } from '../../approvals/approvals.service.js';
import type { ClipHearing } from '../../approvals/clip-hearing.entity.js';
import { hearingsOf } from '../../approvals/hearings.service.js';
import { type ContentUnderApproval, approvalsInForce } from '../../approvals/content-under-approval.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { CampaignDemand } from '../../schedule/demands/campaign-demand.entity.js';
import { slotsAhead } from '../../schedule/slots/slot-rows.js';
import { unsentPosts } from '../../posts/state/unsent-posts.js';

/**
 * The context of one decision: the directive that the content serves, the channels that would carry it, and earlier
 * decisions.
 */
export interface ApprovalSetting {
  campaign: Campaign;
  directive: Directive | null;
  /** The directive's obligations for this kind of channel. */
  obligations: Obligation[];
  /** The channels that would carry the content. */
  channels: Channel[];
  windows: ChannelWindow[];
  /** Decisions on all versions of the script, newest first, with the number of the version. */
  earlier: { approval: Approval; n: number }[];
  /** Stored plans of the script: its clips are placed by them as soon as it is approved. */
  demands: Pick<CampaignDemand, 'from' | 'until' | 'request'>[];
  /** The approval in force for exactly this content; null when there is none. */
  inForce: Approval | null;
}

/** An approval that was not voided, and what is still to go out on it. */
export interface DecidedContent {
  approval: Approval;
  version: ScriptVersion;
  script: Script;
  slots: { n: number; first: Instant | null };
  posts: number;
}

/** The approver's page lists so many of the newest approvals. */
const RECENT = 10;

@Injectable()
export class ApprovalSettings {
  constructor(
    private readonly database: Database,
    private readonly channels: Channels,
    private readonly approvals: Approvals,
  ) {}

  /** Throws 404 for a missing version. */
  content(versionId: string): Promise<ContentUnderApproval> {
    return this.approvals.content(this.database.read(), versionId);
  }

  /** Who heard the clips of the content to their end. */
  hearings(content: ContentUnderApproval): Promise<ClipHearing[]> {
    return hearingsOf(this.database.read(), [content]);
  }

  async of(content: ContentUnderApproval): Promise<ApprovalSetting> {
    const em = this.database.read();
    const { script, version } = content;
    const campaign = await em.findOneByOrFail(Campaign, { id: script.campaignId });
    const directive = await em.findOneBy(Directive, { id: campaign.directiveId });
    const obligations = await em.find(Obligation, {
      where: { directiveId: campaign.directiveId, channelKind: script.channelKind },
      order: { assignment: 'ASC' },
    });
    const kind = await this.channels.list(script.channelKind);
    const channels = script.unitId ? kind.filter(({ unitId }) => unitId === script.unitId) : kind;
    const windows = channels.length > 0 ? await this.channels.windows(channels.map(({ id }) => id)) : [];
    const others = await em.findBy(ScriptVersion, { scriptId: script.id });
    const numbers = new Map(others.map(({ id, n }) => [id, n]));
    const approvals = await em.find(Approval, {
      where: { scriptVersionId: In([...numbers.keys(), '']) },
      order: { decidedAt: 'DESC' },
    });
    const earlier = approvals.map((approval) => ({ approval, n: numbers.get(approval.scriptVersionId) ?? 0 }));
    const decided = version.state === 'approved';
    const inForce = decided ? (await approvalsInForce(em, new Map([[version.id, content]]))).get(version.id) : null;
    const demands = await this.demandsOf(script);
    return { campaign, directive, obligations, channels, windows, earlier, demands, inForce: inForce ?? null };
  }

  private async demandsOf({ id: scriptId, campaignId }: Script): Promise<CampaignDemand[]> {
    const em = this.database.read();
    const all = await em.find(CampaignDemand, { where: { campaignId }, order: { from: 'ASC', id: 'ASC' } });
    if (all.length === 0) return [];
    const own = await em
      .createQueryBuilder(Clip, 'c')
      .innerJoin(ScriptVersion, 'v', 'v.id = c.script_version_id AND v.script_id = :scriptId', { scriptId })
      .where('c.id IN (:...ids)', { ids: all.map(({ request }) => request.clipId) })
      .select('c.id', 'id')
      .getRawMany<{ id: string }>();
    const ids = new Set(own.map(({ id }) => id));
    return all.filter(({ request }) => ids.has(request.clipId));
  }

  /**
   * The newest approvals that were not voided, with their script and version: what goes out now, or was stopped. The
   * numbers are those of slots and posts to come.
   */
  async decided(now: Instant): Promise<DecidedContent[]> {
    const em = this.database.read();
    const where = { decision: 'approved' as const, voidedAt: IsNull() };
    const approvals = await em.find(Approval, { where, order: { decidedAt: 'DESC', id: 'DESC' }, take: RECENT });
    const versions = await em.findBy(ScriptVersion, { id: In(approvals.map((one) => one.scriptVersionId)) });
    const scripts = await em.findBy(Script, { id: In(versions.map(({ scriptId }) => scriptId)) });
    const ids = versions.map(({ id }) => id);
    const counts = await slotsAhead(em, ids, now);
    const posts = await unsentPosts(em, ids);
    return approvals.flatMap((approval) => {
      const version = versions.find(({ id }) => id === approval.scriptVersionId);
      const script = scripts.find(({ id }) => id === version?.scriptId);
      if (!version || !script || (version.state !== 'approved' && version.state !== 'stopped')) return [];
      const slots = counts.get(version.id) ?? { n: 0, first: null };
      return [
        { approval, version, script, slots, posts: posts.filter((one) => one.scriptVersionId === version.id).length },
      ];
    });
  }

  /** Campaigns of scripts by id, in one query for the whole list. */
  async campaigns(scripts: readonly Pick<Script, 'campaignId'>[]): Promise<Map<string, Campaign>> {
    const ids = [...new Set(scripts.map(({ campaignId }) => campaignId))];
    const found = ids.length > 0 ? await this.database.read().findBy(Campaign, { id: In(ids) }) : [];
    return new Map(found.map((one) => [one.id, one]));
  }
}
