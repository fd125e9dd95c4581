import type { Instant } from '../../shared/clock.js';
import type { Slot } from './slot.entity.js';

/**
 * What the audit says of a slot that was put somewhere: what nobody approved beforehand, an emergency's place and a relay, is
 * signed only as such a row says, whose seal nobody who can write rows can make.
 */
export interface SlotOrder {
  /** The code of the channel. */
  channel: string;
  startsAt: Instant;
  endsAt: Instant;
  clipId: string | null;
  scriptVersionId: string | null;
  streamUrl: string | null;
  authorisedBy: string | null;
}

/** The actions of rows of a `slot` that say it: placed or moved by somebody, made good, or found standing when seals began. */
export const orderActions = ['slot.placed', 'slot.moved', 'slot.made-good', 'slot.sealed'] as const;

export function slotOrder(slot: Omit<SlotOrder, 'channel'>, channel: string): SlotOrder {
  const { startsAt, endsAt, clipId, scriptVersionId, streamUrl, authorisedBy } = slot;
  return { channel, startsAt, endsAt, clipId, scriptVersionId, streamUrl, authorisedBy };
}

/** What only a person's order lets out: an emergency, and what another station says. */
export function needsOrder({ kind, authorisedBy }: Pick<Slot, 'kind' | 'authorisedBy'>): boolean {
  return kind === 'relay' || authorisedBy !== null;
}

export function isOrdered(wanted: SlotOrder, said: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(([name, value]) => (said[name] ?? null) === value);
}
