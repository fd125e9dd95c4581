import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Between, MoreThanOrEqual } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { Events } from '../database/events.js';
import { CampaignClosed } from '../campaigns/campaigns.events.js';
import { ChannelClosed } from '../channels/entities/channels.events.js';
import { ApprovalVoided, BroadcastStopped } from '../approvals/approvals.events.js';
import { PostTransitions } from './state/post-transitions.js';

/** Cancels posts whose approval was withdrawn, that were stopped, whose campaign is over or whose page is closed. */
@Injectable()
export class PostsListener implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly transitions: PostTransitions,
  ) {}

  onModuleInit(): void {
    this.events.on(ApprovalVoided, (event, tx) =>
      this.transitions.cancelUnsent(
        tx,
        { scriptVersionId: event.versionId },
        `Phê duyệt không còn hiệu lực: ${event.reason}`,
      ),
    );
    this.events.on(BroadcastStopped, ({ versionId, reason }, tx) =>
      this.transitions.cancelUnsent(tx, { scriptVersionId: versionId }, `Đã dừng phát: ${reason}`),
    );
    this.events.on(CampaignClosed, ({ campaignId, sentence }, tx) =>
      this.transitions.cancelUnsent(tx, { campaignId }, sentence),
    );
    this.events.on(ChannelClosed, ({ channelId, start, end, retired, sentence }, tx) => {
      // A post that was due before and still waits for a person would now be published in the pause.
      const first = start <= this.clock.now() ? 0 : start;
      const dueAt = retired ? undefined : end === null ? MoreThanOrEqual(first) : Between(first, end - 1);
      return this.transitions.cancelUnsent(tx, { channelId, ...(dueAt && { dueAt }) }, sentence);
    });
  }
}
