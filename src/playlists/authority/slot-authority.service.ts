import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import { AuditLog } from '../../people/audit/audit-log.service.js';
import { AuditSeal } from '../../people/audit/audit-seal.js';
import { SEALED } from '../../people/audit/seal-walk.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { needsOrder } from '../../schedule/slots/slot-order-audit.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';
import { ApprovedSounds } from './approved-sounds.js';
import { foreignIdents } from './asked-idents.js';
import { unorderedSlots } from './ordered-slots.js';

/**
 * Whether an authorised person, or the server, let a slot out. Rows of slots, clips, scripts and approvals prove
 * nothing, because whoever can write rows can forge them; the sealed rows of the audit do:
 * - a clip or a live text: an approval of exactly that file or text, for this channel and day, not voided;
 * - a station ident: words that the server wrote for this unit and day, and the file that it made of them;
 * - a relay or an emergency: an approver's order for this channel and time; an emergency's clip needs its approval as
 * well.
 */
@Injectable()
export class SlotAuthority {
  private readonly approved: ApprovedSounds;
  /** Slots that were over when seals began are not checked; -1 in an installation that always had seals. */
  private sealedAt?: Instant;

  constructor(
    private readonly auditLog: AuditLog,
    private readonly seals: AuditSeal,
  ) {
    this.approved = new ApprovedSounds(auditLog);
  }

  /**
   * For slots of one channel, by slot id: why one is refused. Three statements for clips, one more for each other kind.
   */
  async objections(
    em: EntityManager,
    channel: Channel,
    slots: readonly SlotView[],
  ): Promise<ReadonlyMap<string, Sentence>> {
    const sealedAt = await this.begin(em);
    const checked = slots.filter(({ endsAt }) => endsAt > sealedAt);
    const idents = checked.filter(({ kind, clipId, stationCallId }) => {
      return kind === 'clip' && clipId === null && stationCallId !== null;
    });
    const approved = checked.filter((slot) => slot.kind !== 'relay' && !idents.includes(slot));
    const ordered = checked.filter(needsOrder);
    return new Map([
      ...(await this.approved.objections(em, channel, approved)),
      ...(await foreignIdents(em, this.auditLog, channel, idents)),
      ...(await unorderedSlots(em, this.auditLog, channel.code, ordered)),
    ]);
  }

  private async begin(em: EntityManager): Promise<Instant> {
    if (this.sealedAt !== undefined) return this.sealedAt;
    const rows = await this.auditLog.sealedRows(em, 'audit', ['audit'], [SEALED]);
    const sealedAt = rows.at(-1)?.at ?? -1;
    if (this.seals.isSettled) this.sealedAt = sealedAt;
    return sealedAt;
  }
}
