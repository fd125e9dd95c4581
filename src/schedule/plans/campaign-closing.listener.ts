import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { Events } from '../../database/events.js';
import { systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { CampaignClosed } from '../../campaigns/campaigns.events.js';
import { lockChannels } from '../../channels/entities/lock-channels.js';
import { MakeGood } from '../changes/make-good.entity.js';
import { transitionMakeGood } from '../changes/transition-make-good.js';
import { PlanChanges } from './plan-changes.service.js';
import { SlotChanges, touched } from '../slots/slot-changes.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { Slot } from '../slots/slot.entity.js';

/** Takes out the unplayed slots of a campaign that was ended or cancelled, in the transaction that closes it. */
@Injectable()
export class CampaignClosingListener implements OnModuleInit {
  private readonly actor = systemActor('hệ thống xếp lịch');

  constructor(
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly writer: SlotWriter,
    private readonly changes: PlanChanges,
  ) {}

  onModuleInit(): void {
    this.events.on(CampaignClosed, (event, tx) => this.takeOut(tx, event));
  }

  /** Slots that aired stay, and so does a slot on the air. */
  private async takeOut(tx: EntityManager, { campaignId, sentence }: CampaignClosed): Promise<void> {
    const before = await this.toCome(tx, campaignId);
    await lockChannels(tx, [...new Set(before.map(({ channelId }) => channelId))]);
    // Read again under the lock: another request may have cancelled some meanwhile.
    const slots = before.length > 0 ? await this.toCome(tx, campaignId) : [];
    const changes = new SlotChanges();
    if (slots.length > 0) {
      await this.writer.end(tx, changes, slots.map(touched), 'cancelled', sentence);
      await this.audit.record(tx, this.actor, {
        action: 'slots.cancelled',
        entity: 'campaign',
        entityId: campaignId,
        after: { reason: sentence, slots: slots.length },
      });
    }
    await this.dismissMakeGoods(tx, campaignId, sentence);
    const difference = await this.writer.close(tx, changes, false);
    await this.changes.record(tx, this.actor, { cause: 'campaign-closed', sentence, campaignId }, difference);
  }

  private toCome(tx: EntityManager, campaignId: string): Promise<Slot[]> {
    const where = { campaignId, state: 'planned' as const, startsAt: MoreThan(this.clock.now()) };
    return tx.find(Slot, { where, order: { startsAt: 'ASC', id: 'ASC' } });
  }

  /**
   * A closed campaign has no make-goods: dismisses the proposed ones, and the accepted ones whose play is now taken
   * out.
   */
  private async dismissMakeGoods(tx: EntityManager, campaignId: string, reason: string): Promise<void> {
    const takenOut = `EXISTS (SELECT 1 FROM slot made WHERE made.id = row.make_good_slot_id AND made.state = 'cancelled')`;
    const rows = await tx
      .createQueryBuilder(MakeGood, 'row')
      .innerJoin(Slot, 'slot', 'slot.id = row.slot_id')
      .where('slot.campaign_id = :campaignId', { campaignId })
      .andWhere(`(row.state IN ('proposed', 'no-room') OR (row.state = 'accepted' AND ${takenOut}))`)
      .orderBy('row.id')
      .getMany();
    for (const row of rows) {
      const decided = { reason, decidedAt: this.clock.now(), decidedBy: this.actor.name };
      await transitionMakeGood(tx, row, 'dismissed', decided);
      const fact = { action: 'make-good.dismissed', entity: 'slot', entityId: row.slotId, after: { reason } };
      await this.audit.record(tx, this.actor, fact);
    }
  }
}
