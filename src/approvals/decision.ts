export type ApprovalDecision = 'approved' | 'returned';

/** `player`: the page played it from beginning to end. `statement`: the person says so, in a browser without scripts. */
export const hearingSources = ['player', 'statement'] as const;
export type HearingSource = (typeof hearingSources)[number];

/** How an approver knew the sound that he decided on. */
export const heardStates = [...hearingSources, 'unheard'] as const;
export type HeardState = (typeof heardStates)[number];
