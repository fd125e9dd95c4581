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
 * Whether somebody who may let a slot out did so. Rows of slots, clips, scripts and approvals prove nothing, since whoever can write
 * rows can make them; the sealed rows of the audit do:
 * - a clip and a text that is read: an approval of that very file or text, for this channel and day, not taken back;
 * - a station call: words that the server wrote for this unit and day, and the file that it made of them;
 * - a relay and an emergency: an approver's order for this channel and time; an emergency's clip needs its approval as well.
 */
@Injectable()
export class SlotAuthority {
  private readonly approved: ApprovedSounds;
  /** What was over when seals began is not asked; -1 in a house that always had them. */
  private sealedAt?: Instant;

  constructor(
    private readonly auditLog: AuditLog,
    private readonly seals: AuditSeal,
  ) {
    this.approved = new ApprovedSounds(auditLog);
  }

  /** Slots of one channel; by slot id what is against it. Three statements for clips, one more for each other kind. */
  async objections(
    em: EntityManager,
    channel: Channel,
    slots: readonly SlotView[],
  ): Promise<ReadonlyMap<string, Sentence>> {
    const sealedAt = await this.begin(em);
    const asked = slots.filter(({ endsAt }) => endsAt > sealedAt);
    const calls = asked.filter(({ kind, clipId, stationCallId }) => {
      return kind === 'clip' && clipId === null && stationCallId !== null;
    });
    const approved = asked.filter((slot) => slot.kind !== 'relay' && !calls.includes(slot));
    const ordered = asked.filter(needsOrder);
    return new Map([
      ...(await this.approved.objections(em, channel, approved)),
      ...(await foreignIdents(em, this.auditLog, channel, calls)),
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
