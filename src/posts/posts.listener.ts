import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Events } from '../database/events.js';
import { CampaignClosed } from '../campaigns/campaigns.events.js';
import { ApprovalVoided, BroadcastStopped } from '../approvals/approvals.events.js';
import { PostTransitions } from './state/post-transitions.js';

/** Cancels posts whose approval was withdrawn, that were stopped, or whose campaign is over. */
@Injectable()
export class PostsListener implements OnModuleInit {
  constructor(
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
  }
}
