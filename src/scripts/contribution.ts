/** In the order of the workflow. */
export const contributionKinds = ['text', 'reading', 'lexicon', 'clip', 'recording', 'submission'] as const;

/**
 * `text`: wrote the version; `reading`: corrected how this script is read, or withdrew another person's correction;
 * `lexicon`: changed an entry that is used in the text; `clip`: requested the speech synthesis; `recording`: supplied
 * the recording; `submission`: requested the approval.
 */
export type ContributionKind = (typeof contributionKinds)[number];

/**
 * One action of one person on the content under approval. A person with any contribution may not approve that content.
 */
export interface Contribution {
  kind: ContributionKind;
  accountId: string;
  /** Id of the row that was changed: a version, a decision, a lexicon entry or a clip. */
  of: string;
}

/** Removes duplicates and keeps the order. */
export function distinctContributions(contributions: readonly Contribution[]): Contribution[] {
  const keyed = contributions.map((one) => [`${one.kind} ${one.accountId} ${one.of}`, one] as const);
  return [...new Map(keyed).values()];
}
