/**
 * Kinds of units. The units themselves are data, because law changes them (it abolished districts and provincial cities
 * in July 2025).
 */
export const unitKinds = ['city', 'committee', 'centre', 'office', 'organisation', 'ward', 'commune'] as const;
export type UnitKind = (typeof unitKinds)[number];

/** A phường or a xã: the units with a loudspeaker station and a website of their own. */
export function isWard(kind: UnitKind): boolean {
  return kind === 'ward' || kind === 'commune';
}
