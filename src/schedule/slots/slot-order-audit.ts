import type { Instant } from '../../shared/clock.js';
import type { Slot } from './slot.entity.js';

/**
 * The audit entry of a placed slot. Content without a prior approval, an emergency's place or a relay, is signed only
 * as this entry says: write access to the rows is not enough to forge its seal.
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

/**
 * The audit actions of a `slot` that carry such an entry: placed or moved by a person, made good, or already present
 * when seals were introduced.
 */
export const orderActions = ['slot.placed', 'slot.moved', 'slot.made-good', 'slot.sealed'] as const;

export function slotOrder(slot: Omit<SlotOrder, 'channel'>, channel: string): SlotOrder {
  const { startsAt, endsAt, clipId, scriptVersionId, streamUrl, authorisedBy } = slot;
  return { channel, startsAt, endsAt, clipId, scriptVersionId, streamUrl, authorisedBy };
}

/** True for content that needs a person's order: an emergency, or another station's stream. */
export function needsOrder({ kind, authorisedBy }: Pick<Slot, 'kind' | 'authorisedBy'>): boolean {
  return kind === 'relay' || authorisedBy !== null;
}

export function isOrdered(wanted: SlotOrder, said: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(([name, value]) => (said[name] ?? null) === value);
}
