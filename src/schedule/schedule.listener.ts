import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { Events } from '../database/events.js';
import { systemActor } from '../people/actor.js';
import { Audit } from '../people/audit.js';
import { Clip } from '../audio/clip.entity.js';
import { ApprovalVoided } from '../approvals/approvals.events.js';
import { lockChannels } from './channel-rules.js';
import { SlotCancelled } from './schedule.events.js';
import { Slot } from './slot.entity.js';
import { byChannel, endPlannedSlots } from './slot-rows.js';

/** What is no longer approved does not go out: its slots to come are cancelled in the transaction that voids the approval. */
@Injectable()
export class ScheduleListener implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.events.on(ApprovalVoided, (event, tx) => this.withdraw(tx, event));
  }

  /** A slot that is on the air is left to end: what has been said cannot be taken back. */
  private async withdraw(tx: EntityManager, { versionId, reason }: ApprovalVoided): Promise<void> {
    const before = await this.toCome(tx, versionId);
    if (before.length === 0) return;
    await lockChannels(
      tx,
      before.map(({ channelId }) => channelId),
    );
    // Somebody may have cancelled some while this waited in line.
    const slots = await this.toCome(tx, versionId);
    const ids = slots.map(({ id }) => id);
    const why = `Nội dung không còn được duyệt: ${reason}`;
    await endPlannedSlots(tx, ids, 'cancelled', why);
    for (const one of byChannel(slots)) {
      await this.events.publish(tx, new SlotCancelled(one.slotIds, one.channelId, one.dates));
    }
    await this.audit.record(tx, systemActor('hệ thống xếp lịch'), {
      action: 'slots.cancelled',
      entity: 'script_version',
      entityId: versionId,
      after: { reason: why, slots: ids.length },
    });
  }

  private toCome(tx: EntityManager, versionId: string): Promise<{ id: string; channelId: string; date: string }[]> {
    return tx
      .createQueryBuilder()
      .from(Slot, 's')
      .innerJoin(Clip, 'c', 'c.id = s.clip_id')
      .select('s.id', 'id')
      .addSelect('s.channel_id', 'channelId')
      .addSelect('s.date', 'date')
      .where("c.script_version_id = :versionId AND s.state = 'planned' AND s.starts_at > :now", {
        versionId,
        now: this.clock.now(),
      })
      .orderBy('s.starts_at')
      .getRawMany();
  }
}
