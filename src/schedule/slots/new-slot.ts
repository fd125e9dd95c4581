import type { Slot } from './slot.entity.js';
import { startColumns } from './start-rule.js';

/** The fields that every new slot must have; the rest defaults to a planned clip. */
export type SlotFields = Pick<
  Slot,
  'id' | 'key' | 'channelId' | 'windowId' | 'date' | 'startsAt' | 'endsAt' | 'why' | 'createdAt' | 'createdBy'
> &
  Partial<Slot>;

/** A whole row with defaults: planned, a clip, waiting up to a minute for a running item. */
export function newSlot(fields: SlotFields): Slot {
  return {
    campaignId: null,
    obligationId: null,
    clipId: null,
    stationCallId: null,
    state: 'planned',
    evidenceUntil: null,
    noWord: false,
    reason: null,
    kind: 'clip',
    role: 'item',
    title: null,
    streamUrl: null,
    scriptVersionId: null,
    ...startColumns(undefined),
    version: 1,
    held: false,
    makeGoodFor: null,
    replacedBy: null,
    authorisedBy: null,
    ...fields,
  };
}
