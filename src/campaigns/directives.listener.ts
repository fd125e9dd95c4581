import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '../shared/domain-error.js';
import { Events } from '../database/events.js';
import { DirectiveWithdrawn, ObligationRemoving } from '../directives/directives.events.js';
import { Campaign } from './campaign.entity.js';
import { Campaigns } from './campaigns.service.js';

/** Cancels the open campaigns of a letter that is withdrawn, and keeps obligations that a campaign answers. */
@Injectable()
export class DirectivesListener implements OnModuleInit {
  constructor(
    private readonly events: Events,
    private readonly campaigns: Campaigns,
  ) {}

  onModuleInit(): void {
    this.events.on(DirectiveWithdrawn, async ({ directiveId, sentence, actor }, tx) => {
      const open = await tx.find(Campaign, { where: { directiveId, state: 'open' }, order: { id: 'ASC' } });
      for (const campaign of open) await this.campaigns.closeIn(tx, actor, campaign, 'cancelled', sentence, sentence);
    });
    this.events.on(ObligationRemoving, async ({ directiveId }, tx) => {
      if (await tx.existsBy(Campaign, { directiveId })) throw inUse();
    });
  }
}

function inUse(): DomainError {
  return new DomainError('conflict', 'obligation-in-use', {
    vi: 'Văn bản đã có đợt tuyên truyền nên không bỏ nhiệm vụ được; hãy sửa lại nhiệm vụ này.',
    en: 'A campaign answers this letter, so the obligation stays; correct it instead.',
  });
}
