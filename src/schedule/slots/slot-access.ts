import type { EntityManager } from 'typeorm';
import { notFound } from '../../shared/domain-error.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { stale } from './slot-errors.js';
import { Slot } from './slot.entity.js';
import { type SlotView, slotViews } from './slot-view.js';

/**
 * The slot to change, with its channel. Throws 404 for a missing slot and, with the same text, for one of another ward.
 */
export async function slotToChange(
  tx: EntityManager,
  actor: Actor,
  slotId: string,
): Promise<{ slot: Slot; channel: Channel }> {
  const slot = await tx.findOneBy(Slot, { id: slotId });
  const channel = slot && (await tx.findOneBy(Channel, { id: slot.channelId }));
  if (!slot || !channel || !mayRead(actor, channel.unitId)) throw notFound();
  return { slot, channel };
}

/** Checks again under the lock: another request may have changed it meanwhile. Throws `stale` (412). */
export async function requireUnchanged(tx: EntityManager, seen: Slot): Promise<void> {
  const { version } = await tx.findOneByOrFail(Slot, { id: seen.id });
  if (version !== seen.version) throw stale(version);
}

/** The view of the slot just written. */
export async function placedSlot(tx: EntityManager, slotId: string): Promise<SlotView> {
  const [view] = await slotViews(tx, { ids: [slotId] });
  if (!view) throw new Error('the slot just written is not there');
  return view;
}
