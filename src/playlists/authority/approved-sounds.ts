import { LRUCache } from 'lru-cache';
import { type EntityManager, In } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import { DomainError, type Sentence } from '../../shared/domain-error.js';
import { sha256 } from '../../shared/ids.js';
import type { AuditLog } from '../../people/audit/audit-log.service.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { Approval } from '../../approvals/approval.entity.js';
import { approvedActions, type ApprovedRow } from '../../approvals/approved-facts.js';
import { requireWithin } from '../../approvals/scope.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';

/** Sealed rows never change, so their content is cached; an installation has some thousand approvals. */
const MAX_CACHED = 20_000;

type ApprovalInForce = ApprovedRow & { versionId: string; voidedAt: Instant | null; stoppedAt: Instant | null };

const NOT_APPROVED: Sentence = {
  vi: 'Không có quyết định duyệt mang dấu niêm của máy chủ cho đúng bản thu hoặc bài đọc này.',
  en: 'No decision under the seal of the server approves exactly this sound or text.',
};
const TAKEN_BACK: Sentence = {
  vi: 'Quyết định duyệt của nội dung này đã bị thu hồi.',
  en: 'The approval of this content was taken back.',
};
const STOPPED: Sentence = {
  vi: 'Nội dung này đã có lệnh dừng phát.',
  en: 'The broadcasting of this content was stopped.',
};
const OTHER_UNIT: Sentence = {
  vi: 'Bài này được soạn và duyệt cho đơn vị khác.',
  en: 'This was written and approved for another unit.',
};

/** Checks that a person approved exactly the file or text that a slot airs. */
export class ApprovedSounds {
  private readonly sealed: LRUCache<string, ApprovedRow & { versionId: string }>;

  constructor(
    private readonly auditLog: AuditLog,
    maxCached = MAX_CACHED,
  ) {
    this.sealed = new LRUCache({ max: maxCached });
  }

  /** By slot id: why a slot has no approval. At most four statements, whatever the number of slots. */
  async objections(em: EntityManager, channel: Channel, slots: readonly SlotView[]): Promise<Map<string, Sentence>> {
    const versionIds = [...new Set(slots.flatMap(({ scriptVersionId }) => scriptVersionId ?? []))];
    const approvals = await this.approvalsInForce(em, versionIds);
    return new Map(
      slots.flatMap((slot) => {
        const own = approvals.filter(({ versionId }) => versionId === slot.scriptVersionId);
        const against = own.map((one) => objection(one, channel, slot));
        const worst = against.length === 0 ? NOT_APPROVED : against.includes(null) ? null : against.at(-1);
        return worst ? [[slot.id, worst] as const] : [];
      }),
    );
  }

  private async approvalsInForce(em: EntityManager, versionIds: readonly string[]): Promise<ApprovalInForce[]> {
    if (versionIds.length === 0) return [];
    const approvals = await em.find(Approval, {
      where: { scriptVersionId: In([...versionIds]), decision: 'approved' },
      select: { id: true, scriptVersionId: true, voidedAt: true },
    });
    const unknown = approvals.filter(({ id }) => !this.sealed.get(id)).map(({ scriptVersionId }) => scriptVersionId);
    await this.learn(em, [...new Set(unknown)]);
    // The row of the approval can be changed back; the audit of its withdrawal stays.
    const ids = approvals.map(({ id }) => id);
    const ends = await this.auditLog.anyRows(em, 'approval', ids, ['approval.voided', 'broadcast.halted']);
    const stops = ends.filter(({ action }) => action === 'broadcast.halted');
    // Only the server itself may say that it goes out again.
    const again = await this.resumed(em, [...new Set(stops.map(({ entityId }) => entityId))]);
    return approvals.flatMap(({ id, voidedAt }) => {
      const cached = this.sealed.get(id);
      const auditedAt = ends.find(({ entityId, action }) => entityId === id && action === 'approval.voided')?.at;
      const stop = stops.filter(({ entityId, seq }) => entityId === id && seq > (again.get(id) ?? 0))[0];
      return cached ? [{ ...cached, voidedAt: auditedAt ?? voidedAt, stoppedAt: stop?.at ?? null }] : [];
    });
  }

  /** By approval id: the number of the last sealed audit row that resumed it. */
  private async resumed(em: EntityManager, ids: readonly string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await this.auditLog.sealedRows(em, 'approval', ids, ['broadcast.allowed-again']);
    return new Map(rows.map(({ entityId, seq }) => [entityId, seq]));
  }

  private async learn(em: EntityManager, versionIds: readonly string[]): Promise<void> {
    if (versionIds.length === 0) return;
    for (const row of await this.auditLog.sealedRows(em, 'script_version', versionIds, approvedActions)) {
      // Only this server writes sealed rows; rows from before they listed the files are sealed again at the upgrade.
      const facts = row.after as unknown as Partial<ApprovedRow>;
      if (facts.approvalId === undefined || facts.clips === undefined) continue;
      this.sealed.set(facts.approvalId, { ...(facts as ApprovedRow), versionId: row.entityId });
    }
  }
}

function objection(approval: ApprovalInForce, channel: Channel, slot: SlotView): Sentence | null {
  const { clips, textHash, voidedAt, stoppedAt, scope, writtenFor, unitId } = approval;
  const same =
    slot.kind === 'live'
      ? slot.script !== null && sha256(slot.script) === textHash
      : clips.some((clip) => clip.sha256 !== '' && clip.sha256 === slot.sha256);
  if (!same) return NOT_APPROVED;
  // A slot that had begun before the approval was voided airs to its end and stays in the playlist of its day.
  if (voidedAt !== null && slot.startsAt > voidedAt) return TAKEN_BACK;
  if (stoppedAt !== null && slot.startsAt > stoppedAt) return STOPPED;
  if (unitId !== null && unitId !== channel.unitId) return OTHER_UNIT;
  const bulletinClass = slot.authorisedBy === null ? 'normal' : 'emergency';
  try {
    requireWithin(scope, writtenFor, { channels: [channel], from: slot.date, until: slot.date, bulletinClass });
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.sentence;
    throw error;
  }
}
