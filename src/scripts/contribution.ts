/** In the order in which a script comes to be. */
export const contributionKinds = ['text', 'reading', 'lexicon', 'clip', 'recording', 'submission'] as const;

/**
 * text: wrote it; reading: corrected how this script is read, or took somebody's correction back; lexicon: changed an entry that
 * speaks in it; clip: had it read aloud; recording: brought the sound along; submission: asked for the approval.
 */
export type ContributionKind = (typeof contributionKinds)[number];

/** One thing that one person did to what is approved. Whoever has any is no judge of it. */
export interface Contribution {
  kind: ContributionKind;
  accountId: string;
  /** The row it was done to: a version, a decision, an entry, a clip. */
  of: string;
}

/** Each once, in the order given. */
export function distinctContributions(contributions: readonly Contribution[]): Contribution[] {
  const keyed = contributions.map((one) => [`${one.kind} ${one.accountId} ${one.of}`, one] as const);
  return [...new Map(keyed).values()];
}
