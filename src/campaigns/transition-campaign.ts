import type { EntityManager } from 'typeorm';
import { DomainError } from '../shared/domain-error.js';
import { move } from '../shared/transitions.js';
import { Campaign } from './campaign.entity.js';
import { campaignStateNames, type CampaignState, campaignTransitions } from './campaign.transitions.js';

/**
 * The only way to change a campaign's state. Throws `campaign-closed` (409) when it is closed, by the state table or
 * because another process was faster.
 */
export async function transitionCampaign(
  tx: EntityManager,
  campaign: Campaign,
  to: CampaignState,
  change: Pick<Campaign, 'closedAt' | 'closedBy' | 'closeReason'>,
): Promise<void> {
  requireOpen(campaign);
  move(campaignTransitions, campaign.state, to, 'đợt tuyên truyền');
  const done = await tx.update(Campaign, { id: campaign.id, state: campaign.state }, { ...change, state: to });
  if (done.affected !== 1) requireOpen(await tx.findOneByOrFail(Campaign, { id: campaign.id }));
}

/** Throws `campaign-closed` (409) for a campaign that was ended or cancelled. */
export function requireOpen({ name, state }: Pick<Campaign, 'name' | 'state'>): void {
  if (state === 'open') return;
  throw new DomainError(
    'conflict',
    'campaign-closed',
    {
      vi: `Đợt tuyên truyền “${name}” ${campaignStateNames[state]} nên không thay đổi hoặc xếp thêm được nữa.`,
      en: `The campaign “${name}” is over; nothing more is changed or placed for it.`,
    },
    { state },
  );
}
