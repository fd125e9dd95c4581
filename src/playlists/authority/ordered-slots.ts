import type { EntityManager } from 'typeorm';
import type { Sentence } from '../../shared/domain-error.js';
import type { AuditLog, SealedRow } from '../../people/audit/audit-log.service.js';
import { isOrdered, orderActions, slotOrder } from '../../schedule/slots/slot-order-audit.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';

const NO_ORDER: Sentence = {
  vi: 'Không có lệnh phát mang dấu niêm của máy chủ cho lượt này, đúng kênh, đúng giờ và đúng nội dung.',
  en: 'No order under the seal of the server puts this on this channel at this time.',
};
/** A make-good of a make-good of … */
const MAX_STEPS = 5;

/**
 * By slot id, what is against slots that only a person's order lets out: emergencies and relays. The audit must say who first put it
 * there with that stream or that name, and of some row that it stands where it does.
 */
export async function unorderedSlots(
  em: EntityManager,
  book: AuditLog,
  channelCode: string,
  slots: readonly SlotView[],
): Promise<Map<string, Sentence>> {
  if (slots.length === 0) return new Map();
  const rows = await historyOf(em, book, slots);
  return new Map(
    slots
      .filter((slot) => {
        // A view tells the version of a clip as well; a slot has one of its own only where it is read.
        const scriptVersionId = slot.kind === 'live' ? slot.scriptVersionId : null;
        const place = slotOrder({ ...slot, scriptVersionId }, channelCode);
        const here = rows.some(({ entityId, after }) => entityId === slot.id && isOrdered(place, after));
        return !here || !wasOrdered(rows, slot.id, slot);
      })
      .map(({ id }) => [id, NO_ORDER]),
  );
}

/** The rows of these slots and of those that they make good. */
async function historyOf(em: EntityManager, book: AuditLog, slots: readonly SlotView[]): Promise<SealedRow[]> {
  const rows: SealedRow[] = [];
  let ids = slots.map(({ id }) => id);
  for (let step = 0; step < MAX_STEPS && ids.length > 0; step++) {
    const found = await book.sealedRows(em, 'slot', ids, orderActions);
    rows.push(...found);
    ids = found.flatMap(({ after }) => (typeof after['makeGoodFor'] === 'string' ? [after['makeGoodFor']] : []));
  }
  return rows;
}

/** Moving a slot is no order of what it plays, or whoever wrote one into the tables would wait until somebody moves it. */
function wasOrdered(
  rows: readonly SealedRow[],
  slotId: string,
  wanted: Pick<SlotView, 'streamUrl' | 'authorisedBy'>,
  steps = MAX_STEPS,
): boolean {
  return rows.some(({ entityId, action, after }) => {
    if (entityId !== slotId || (after['streamUrl'] ?? null) !== wanted.streamUrl) return false;
    const madeGood = after['makeGoodFor'];
    if (typeof madeGood === 'string') return steps > 0 && wasOrdered(rows, madeGood, wanted, steps - 1);
    if (action === 'slot.moved') return false;
    // An approver with a code moves an emergency, and it bears his name from then on.
    return wanted.authorisedBy === null || typeof after['authorisedBy'] === 'string';
  });
}
