import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Events } from '../database/events.js';
import { CampaignClosed } from '../campaigns/campaigns.events.js';
import { ApprovalVoided } from '../approvals/approvals.events.js';
import { PostTransitions } from './state/post-transitions.js';

/** Cancels posts whose approval was withdrawn or whose campaign is over. */
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
    this.events.on(CampaignClosed, ({ campaignId, sentence }, tx) =>
      this.transitions.cancelUnsent(tx, { campaignId }, sentence),
    );
  }
}
