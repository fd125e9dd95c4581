import type { Transitions } from '../shared/transitions.js';

export type CampaignState = 'open' | 'ended' | 'cancelled';

export const campaignTransitions: Transitions<CampaignState> = {
  open: ['ended', 'cancelled'],
  ended: [],
  cancelled: [],
};
