/** What a unit is. Units change by law (districts and provincial cities went in July 2025): they are data, these are only their kinds. */
export const unitKinds = ['city', 'committee', 'centre', 'office', 'organisation', 'ward', 'commune'] as const;
export type UnitKind = (typeof unitKinds)[number];

/** A phường or a xã: the units that have a loudspeaker station and a website of their own. */
export function isWard(kind: UnitKind): boolean {
  return kind === 'ward' || kind === 'commune';
}
