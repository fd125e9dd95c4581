import type { LocalDate } from '../shared/local-time.js';

/** A figure that scripts of this campaign may use has a new value. */
export class FactChanged {
  constructor(
    readonly campaignId: string,
    readonly name: string,
  ) {}
}

/** The campaign lasts until another day; what was planned to its end may now go on, or stops before. */
export class CampaignExtended {
  constructor(
    readonly campaignId: string,
    readonly before: LocalDate,
    readonly until: LocalDate,
  ) {}
}
