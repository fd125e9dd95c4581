import { Injectable, type OnModuleInit } from '@nestjs/common';
import { And, type EntityManager, In, IsNull, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { Events } from '../../database/events.js';
import { systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { ChannelClosed } from '../../channels/entities/channels.events.js';
import { MakeGood } from '../changes/make-good.entity.js';
import { MakeGoods } from '../changes/make-goods.service.js';
import { transitionMakeGood } from '../changes/transition-make-good.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { SlotChanges, touched } from '../slots/slot-changes.js';
import { Slot } from '../slots/slot.entity.js';
import { PlanChanges } from './plan-changes.service.js';

/** Takes out what is planned on a channel that is paused or retired, in the transaction that closes it. */
@Injectable()
export class ChannelClosingListener implements OnModuleInit {
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
    this.events.on(ChannelClosed, (event, tx) => this.takeOut(tx, event));
  }

  /** The channel is locked. A slot that is on the air plays to its end; a pause leaves ordered emergencies. */
  private async takeOut(tx: EntityManager, closed: ChannelClosed): Promise<void> {
    const { channelId, sentence } = closed;
    const slots = await this.toCome(tx, closed);
    const changes = new SlotChanges();
    if (slots.length > 0) {
      await this.writer.end(tx, changes, slots.map(touched), 'cancelled', sentence);
      for (const slot of slots) if (slot.makeGoodFor !== null) await this.makeGoods.reopen(tx, slot.id);
      await this.audit.record(tx, this.actor, {
        action: 'slots.cancelled',
        entity: 'channel',
        entityId: channelId,
        after: { reason: sentence, slots: slots.length },
      });
    }
    if (closed.retired) await this.dismissMakeGoods(tx, channelId, sentence);
    const difference = await this.writer.close(tx, changes, false);
    await this.changes.record(tx, this.actor, { cause: 'channel-rules', sentence }, difference);
  }

  private toCome(tx: EntityManager, { channelId, start, end, retired }: ChannelClosed): Promise<Slot[]> {
    const now = this.clock.now();
    return tx.find(Slot, {
      where: {
        channelId,
        state: 'planned',
        role: 'item',
        startsAt: end === null ? MoreThan(now) : And(MoreThan(now), LessThan(end)),
        endsAt: MoreThan(start),
        ...(!retired && { authorisedBy: IsNull() }),
      },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
  }

  /** Nothing is made good on a channel that is out of use. */
  private async dismissMakeGoods(tx: EntityManager, channelId: string, reason: string): Promise<void> {
    const rows = await tx.find(MakeGood, {
      where: { channelId, state: In(['proposed', 'no-room']) },
      order: { id: 'ASC' },
    });
    for (const row of rows) {
      const decided = { reason, decidedAt: this.clock.now(), decidedBy: this.actor.name };
      await transitionMakeGood(tx, row, 'dismissed', decided);
      const fact = { action: 'make-good.dismissed', entity: 'slot', entityId: row.slotId, after: { reason } };
      await this.audit.record(tx, this.actor, fact);
    }
  }
}
