import type { EntityManager } from 'typeorm';
import type { Sentence } from '../../shared/domain-error.js';
import type { AuditLog, SealedRow } from '../../people/audit/audit-log.service.js';
import { isOrdered, orderActions, slotOrder } from '../../schedule/slots/slot-order-audit.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';

const NO_ORDER: Sentence = {
  vi: 'Không có lệnh phát mang dấu niêm của máy chủ cho lượt này, đúng kênh, đúng giờ và đúng nội dung.',
  en: 'No order under the seal of the server puts this on this channel at this time.',
};
/** Maximum length of a chain of make-goods (a make-good of a make-good of …). */
const MAX_STEPS = 5;

/**
 * By slot id: why a slot is refused that needs a person's order, an emergency or a relay. The audit must have a row of
 * who first placed it with that stream or that name, and a row with its present time and channel.
 */
export async function unorderedSlots(
  em: EntityManager,
  auditLog: AuditLog,
  channelCode: string,
  slots: readonly SlotView[],
): Promise<Map<string, Sentence>> {
  if (slots.length === 0) return new Map();
  const rows = await historyOf(em, auditLog, slots);
  return new Map(
    slots
      .filter((slot) => {
        // A view also names the version of a clip; a slot has a version of its own only when a live text is read.
        const scriptVersionId = slot.kind === 'live' ? slot.scriptVersionId : null;
        const place = slotOrder({ ...slot, scriptVersionId }, channelCode);
        const here = rows.some(({ entityId, after }) => entityId === slot.id && isOrdered(place, after));
        return !here || !wasOrdered(rows, slot.id, slot);
      })
      .map(({ id }) => [id, NO_ORDER]),
  );
}

/** The rows of these slots and of those that they make good. */
async function historyOf(em: EntityManager, auditLog: AuditLog, slots: readonly SlotView[]): Promise<SealedRow[]> {
  const rows: SealedRow[] = [];
  let ids = slots.map(({ id }) => id);
  for (let step = 0; step < MAX_STEPS && ids.length > 0; step++) {
    const found = await auditLog.sealedRows(em, 'slot', ids, orderActions);
    rows.push(...found);
    ids = found.flatMap(({ after }) => (typeof after['makeGoodFor'] === 'string' ? [after['makeGoodFor']] : []));
  }
  return rows;
}

/**
 * Moving a slot does not order its content: otherwise a slot written into the tables would be accepted once a person
 * moves it.
 */
function wasOrdered(
  rows: readonly SealedRow[],
  slotId: string,
  expected: Pick<SlotView, 'streamUrl' | 'authorisedBy'>,
  steps = MAX_STEPS,
): boolean {
  return rows.some(({ entityId, action, after }) => {
    if (entityId !== slotId || (after['streamUrl'] ?? null) !== expected.streamUrl) return false;
    const madeGood = after['makeGoodFor'];
    if (typeof madeGood === 'string') return steps > 0 && wasOrdered(rows, madeGood, expected, steps - 1);
    if (action === 'slot.moved') return false;
    // An approver with a code moves an emergency, which then carries his name.
    return expected.authorisedBy === null || typeof after['authorisedBy'] === 'string';
  });
}
