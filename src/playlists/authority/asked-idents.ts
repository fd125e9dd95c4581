import type { EntityManager } from 'typeorm';
import type { Sentence } from '../../shared/domain-error.js';
import { sha256 } from '../../shared/ids.js';
import type { AuditLog } from '../../people/audit/audit-log.service.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { identAskedActions, identMadeActions } from '../../audio/idents/ident-facts.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';

const NOT_OURS: Sentence = {
  vi: 'Nhạc hiệu này không do máy chủ soạn và dựng: sổ không có dòng mang dấu niêm nói đúng lời và đúng tệp này.',
  en: 'The server did not write and make this station call: no sealed row of the audit says these words and this file.',
};

/**
 * By slot id: why a station ident is refused. The server must have written its words, for this unit and day, and made
 * the file.
 */
export async function foreignIdents(
  em: EntityManager,
  auditLog: AuditLog,
  channel: Channel,
  slots: readonly SlotView[],
): Promise<Map<string, Sentence>> {
  if (slots.length === 0) return new Map();
  const ids = [...new Set(slots.flatMap(({ stationCallId }) => stationCallId ?? []))];
  const rows = await auditLog.sealedRows(em, 'station-call', ids, [
    ...new Set([...identAskedActions, ...identMadeActions]),
  ]);
  const says = (slot: SlotView, actions: readonly string[], also: Record<string, unknown>) => {
    const expected = Object.entries({
      ...also,
      unit: channel.unitId,
      date: slot.date,
      spokenHash: sha256(slot.words ?? ''),
    });
    return rows.some(
      ({ entityId, action, after }) =>
        entityId === slot.stationCallId &&
        actions.includes(action) &&
        expected.every(([name, value]) => after[name] === value),
    );
  };
  return new Map(
    slots
      .filter((slot) => !says(slot, identAskedActions, {}) || !says(slot, identMadeActions, { sha256: slot.sha256 }))
      .map(({ id }) => [id, NOT_OURS]),
  );
}
