import type { Transitions } from '../shared/transitions.js';

export type CampaignState = 'open' | 'ended' | 'cancelled';
export type ClosedState = Exclude<CampaignState, 'open'>;

export const campaignTransitions: Transitions<CampaignState> = {
  open: ['ended', 'cancelled'],
  ended: [],
  cancelled: [],
};

export const campaignStateNames: Record<CampaignState, string> = {
  open: 'đang thực hiện',
  ended: 'đã kết thúc',
  cancelled: 'đã hủy',
};
