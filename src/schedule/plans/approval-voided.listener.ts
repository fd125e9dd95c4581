import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { Events } from '../../database/events.js';
import { systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { ApprovalVoided, BroadcastStopped } from '../../approvals/approvals.events.js';
import { lockChannels } from '../../channels/entities/lock-channels.js';
import { MakeGoods } from '../changes/make-goods.service.js';
import type { ChangeCause } from './plan-change.entity.js';
import { PlanChanges } from './plan-changes.service.js';
import { SlotChanges, touched } from '../slots/slot-changes.js';
import { slotsToCome } from '../slots/slot-rows.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { Slot } from '../slots/slot.entity.js';

/** Cancels slots whose content may no longer go out, in the transaction that voids its approval or stops it. */
@Injectable()
export class ApprovalVoidedListener implements OnModuleInit {
  private readonly actor = systemActor('hệ thống xếp lịch');

  constructor(
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly writer: SlotWriter,
    private readonly changes: PlanChanges,
    private readonly makeGoods: MakeGoods,
  ) {}

  onModuleInit(): void {
    this.events.on(ApprovalVoided, ({ versionId, reason }, tx) =>
      this.withdraw(tx, versionId, 'approval-voided', `Nội dung không còn được duyệt: ${reason}`),
    );
    this.events.on(BroadcastStopped, ({ versionId, reason }, tx) =>
      this.withdraw(tx, versionId, 'broadcast-stopped', `Đã dừng phát: ${reason}`),
    );
  }

  /** A slot that is on the air plays to its end: what has been said cannot be taken back. */
  private async withdraw(tx: EntityManager, versionId: string, cause: ChangeCause, why: string): Promise<void> {
    const now = this.clock.now();
    const bookends = await slotsToCome(tx, versionId, now, 'bookends');
    const before = await slotsToCome(tx, versionId, now);
    // Locks all channels at once (avoids deadlock).
    const channelIds = [...bookends, ...before].map(({ channelId }) => channelId);
    if (channelIds.length === 0) return;
    await lockChannels(tx, [...new Set(channelIds)]);
    await this.withdrawBookends(tx, versionId, bookends);
    if (before.length === 0) return;
    // Read again after the lock: some slots may have been cancelled meanwhile.
    const slots = await slotsToCome(tx, versionId, now);
    const changes = new SlotChanges();
    await this.writer.end(tx, changes, slots.map(touched), 'cancelled', why);
    for (const slot of slots) if (slot.makeGoodFor !== null) await this.makeGoods.reopen(tx, slot.id);
    await this.audit.record(tx, this.actor, {
      action: 'slots.cancelled',
      entity: 'script_version',
      entityId: versionId,
      after: { reason: why, slots: slots.length },
    });
    const difference = await this.writer.close(tx, changes);
    const campaignId = slots[0]?.campaignId;
    await this.changes.record(tx, this.actor, { cause, sentence: why, campaignId }, difference);
  }

  /** Places openings and closings again, now without the ones that lost their approval. */
  private async withdrawBookends(tx: EntityManager, versionId: string, bookends: readonly Slot[]): Promise<void> {
    if (bookends.length === 0) return;
    for (const channelId of new Set(bookends.map((slot) => slot.channelId))) {
      const dates = bookends.filter((slot) => slot.channelId === channelId).map(({ date }) => date);
      await this.writer.refresh(tx, channelId, [...new Set(dates)]);
    }
    const after = { reason: 'Phần mở đầu, kết thúc không còn được phát.', slots: bookends.length };
    const fact = { action: 'session-frames.withdrawn', entity: 'script_version', entityId: versionId, after };
    await this.audit.record(tx, this.actor, fact);
  }
}
