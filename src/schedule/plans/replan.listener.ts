import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { showDate } from '../../shared/local-time.js';
import { Events } from '../../database/events.js';
import { ChannelRulesChanged } from '../../channels/entities/channels.events.js';
import { CampaignExtended } from '../../campaigns/campaigns.events.js';
import { ContentApproved } from '../../approvals/approvals.events.js';
import { CampaignDemands } from '../demands/campaign-demands.service.js';
import { ReplanJob } from './replan.job.js';

/** Enqueues a re-planning when a clip, the end of a campaign or the rules of a channel change. */
@Injectable()
export class ReplanListener implements OnModuleInit {
  constructor(
    private readonly events: Events,
    private readonly demands: CampaignDemands,
    private readonly replan: ReplanJob,
  ) {}

  onModuleInit(): void {
    this.events.on(ContentApproved, (event, tx) => this.takeUp(tx, event));
    this.events.on(CampaignExtended, (event, tx) => this.extend(tx, event));
    this.events.on(ChannelRulesChanged, ({ channelIds, from, until, reason }, tx) =>
      this.replan.add(
        tx,
        { channelIds: [...channelIds], from, until, rules: true },
        { cause: 'channel-rules', sentence: reason },
      ),
    );
  }

  /** A script that is already planned was approved again: its plans play the new clip, whatever its length. */
  private async takeUp(tx: EntityManager, { versionId }: ContentApproved): Promise<void> {
    for (const { campaignId, title } of await this.demands.follow(tx, versionId)) {
      const sentence = `Bài “${title}” có bản thu mới được duyệt.`;
      await this.replan.add(tx, { campaignIds: [campaignId] }, { cause: 'clip-changed', sentence, campaignId });
    }
  }

  private async extend(tx: EntityManager, { campaignId, before, until }: CampaignExtended): Promise<void> {
    if (!(await this.demands.extend(tx, campaignId, before, until))) return;
    const sentence = `Đợt tuyên truyền kéo dài đến ${showDate(until)} (trước là ${showDate(before)}).`;
    await this.replan.add(tx, { campaignIds: [campaignId] }, { cause: 'campaign-extended', sentence, campaignId });
  }
}
