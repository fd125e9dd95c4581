import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { showDate } from '../../shared/local-time.js';
import { Events } from '../../database/events.js';
import { ChannelRulesChanged } from '../../channels/entities/channels.events.js';
import { CampaignExtended } from '../../campaigns/campaigns.events.js';
import { BroadcastResumed, ContentApproved } from '../../approvals/approvals.events.js';
import { CampaignDemands } from '../demands/campaign-demands.service.js';
import type { ChangeCause } from './plan-change.entity.js';
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
    this.events.on(ContentApproved, ({ versionId }, tx) =>
      this.takeUp(tx, versionId, 'clip-changed', 'có bản thu mới được duyệt'),
    );
    this.events.on(BroadcastResumed, ({ versionId }, tx) =>
      this.takeUp(tx, versionId, 'broadcast-resumed', 'được phát lại'),
    );
    this.events.on(CampaignExtended, (event, tx) => this.extend(tx, event));
    this.events.on(ChannelRulesChanged, ({ channelIds, from, until, reason }, tx) =>
      this.replan.add(
        tx,
        { channelIds: [...channelIds], from, until, rules: true },
        { cause: 'channel-rules', sentence: reason },
      ),
    );
  }

  /** A script that is already planned was approved again, or may go out again: its plans play the approved clip. */
  private async takeUp(tx: EntityManager, versionId: string, cause: ChangeCause, what: string): Promise<void> {
    for (const { campaignId, title } of await this.demands.follow(tx, versionId)) {
      const sentence = `Bài “${title}” ${what}.`;
      await this.replan.add(tx, { campaignIds: [campaignId] }, { cause, sentence, campaignId });
    }
  }

  private async extend(tx: EntityManager, { campaignId, before, until }: CampaignExtended): Promise<void> {
    if (!(await this.demands.extend(tx, campaignId, before, until))) return;
    const sentence = `Đợt tuyên truyền kéo dài đến ${showDate(until)} (trước là ${showDate(before)}).`;
    await this.replan.add(tx, { campaignIds: [campaignId] }, { cause: 'campaign-extended', sentence, campaignId });
  }
}
