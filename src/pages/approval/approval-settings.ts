import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { Database } from '../../database/database.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import type { ChannelWindow } from '../../channels/entities/channel-window.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { Directive } from '../../directives/directive.entity.js';
import { Obligation } from '../../directives/obligation.entity.js';
import { Approval } from '../../approvals/approval.entity.js';
import { type ContentUnderApproval, approvalsInForce } from '../../approvals/content-under-approval.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';

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
  /** Decisions on earlier versions of the script, newest first, with the number of the version. */
  earlier: { approval: Approval; n: number }[];
  /** The approval in force for exactly this content; null when there is none. */
  inForce: Approval | null;
}

@Injectable()
export class ApprovalSettings {
  constructor(
    private readonly database: Database,
    private readonly channels: Channels,
  ) {}

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
    const others = await em.findBy(ScriptVersion, { scriptId: script.id, id: Not(version.id) });
    const numbers = new Map(others.map(({ id, n }) => [id, n]));
    const approvals = await em.find(Approval, {
      where: { scriptVersionId: In([...numbers.keys(), '']) },
      order: { decidedAt: 'DESC' },
    });
    const earlier = approvals.map((approval) => ({ approval, n: numbers.get(approval.scriptVersionId) ?? 0 }));
    const decided = version.state === 'approved';
    const inForce = decided ? (await approvalsInForce(em, new Map([[version.id, content]]))).get(version.id) : null;
    return { campaign, directive, obligations, channels, windows, earlier, inForce: inForce ?? null };
  }

  /** Campaigns of scripts by id, in one query for the whole list. */
  async campaigns(scripts: readonly Pick<Script, 'campaignId'>[]): Promise<Map<string, Campaign>> {
    const ids = [...new Set(scripts.map(({ campaignId }) => campaignId))];
    const found = ids.length > 0 ? await this.database.read().findBy(Campaign, { id: In(ids) }) : [];
    return new Map(found.map((one) => [one.id, one]));
  }
}
