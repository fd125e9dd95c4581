import type { LocalDate } from '../shared/local-time.js';
import type { ClosedState } from './campaign.transitions.js';

/** A figure that scripts of this campaign may use has a new value. */
export class FactChanged {
  constructor(
    readonly campaignId: string,
    readonly name: string,
  ) {}
}

/**
 * The campaign was ended or cancelled: what is planned for it and has not gone out is removed in the same transaction.
 */
export class CampaignClosed {
  constructor(
    readonly campaignId: string,
    readonly state: ClosedState,
    /** Vietnamese: why something was removed. */
    readonly sentence: string,
  ) {}
}

/** The last day of the campaign has moved; what was planned to its end may go on or ends earlier. */
export class CampaignExtended {
  constructor(
    readonly campaignId: string,
    readonly before: LocalDate,
    readonly until: LocalDate,
  ) {}
}
