import { type EntityManager, IsNull } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import { addDays, localDateOf, localTimeOf, showDate } from '../../shared/local-time.js';
import type { AuditLog } from '../../people/audit/audit-log.service.js';
import { SEALED } from '../../people/audit/seal-walk.js';
import { Approval } from '../../approvals/approval.entity.js';
import { approvedActions } from '../../approvals/approved-facts.js';
import type { SlotAuthority } from '../../playlists/authority/slot-authority.service.js';
import { loudspeakers } from '../../channels/channels-with-rules.js';
import { takesTime } from '../../schedule/slots/slot.transitions.js';
import { slotViews } from '../../schedule/slots/slot-view.js';

/** A row in the tables that no sealed audit row of this server supports. */
export interface Forgery {
  kind: 'approval' | 'slot' | 'anchor';
  id: string;
  sentence: Sentence;
}

/** Days ahead to check; plans reach less far. */
const DAYS = 366;

/** Approvals in their table without a sealed audit row. */
export async function forgedApprovals(em: EntityManager, auditLog: AuditLog): Promise<Forgery[]> {
  const approvals = await em.find(Approval, {
    where: { decision: 'approved', voidedAt: IsNull() },
    select: { id: true, scriptVersionId: true, contentHash: true },
  });
  const versionIds = [...new Set(approvals.map(({ scriptVersionId }) => scriptVersionId))];
  const given = await auditLog.sealedRows(em, 'script_version', versionIds, approvedActions);
  const [sealing] = (await auditLog.sealedRows(em, 'audit', ['audit'], [SEALED])).slice(-1);
  const old = new Set((sealing?.after['otherApprovals'] ?? []) as string[]);
  return approvals
    .filter(({ id, contentHash }) => {
      const isGiven = given.some(({ after }) => after['approvalId'] === id && after['contentHash'] === contentHash);
      return !isGiven && !old.has(id);
    })
    .map(({ id }) => ({
      kind: 'approval',
      id,
      sentence: {
        vi: `Phê duyệt ${id} không có trong sổ với dấu niêm của máy chủ: ai đó đã ghi thẳng hoặc sửa dòng này.`,
        en: `Approval ${id} is not in the audit under the seal of the server: somebody wrote or changed its row.`,
      },
    }));
}

/** Slots to come that no signed playlist will contain, because they have no authority to air. */
export async function forgedSlots(em: EntityManager, authority: SlotAuthority, now: Instant): Promise<Forgery[]> {
  const found: Forgery[] = [];
  for (const channel of await loudspeakers(em)) {
    const from = addDays(localDateOf(now, channel.zone), -1);
    const views = await slotViews(em, { channelId: channel.id, from, until: addDays(from, DAYS) });
    const slots = views.filter(({ state, endsAt }) => takesTime(state) && endsAt > now);
    const against = await authority.objections(em, channel, slots);
    for (const { id, startsAt } of slots) {
      const why = against.get(id);
      if (!why) continue;
      const at = `${localTimeOf(startsAt, channel.zone)} ${showDate(localDateOf(startsAt, channel.zone))}`;
      found.push({
        kind: 'slot',
        id,
        sentence: {
          vi: `Lượt ${id} lúc ${at} trên ${channel.name} không được phát. ${why.vi}`,
          en: `Slot ${id} at ${at} on ${channel.code} is left out. ${why.en}`,
        },
      });
    }
  }
  return found;
}
