import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Events } from '../../database/events.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { lockChannels } from '../../channels/entities/lock-channels.js';
import { MakeGoods } from './make-goods.service.js';
import { SlotEnded, SlotPlayedAfterAll, SlotReopened } from '../slots/slot.events.js';
import { SlotChanges } from '../slots/slot-changes.js';
import { SlotWriter } from './slot-writer.service.js';
import { Slot } from '../slots/slot.entity.js';

const MAKE_GOOD_JOB = 'make-good';
const WITHDRAW_JOB = 'make-good-withdraw';
const FORGET_JOB = 'make-good-forget';

/** Proposes, withdraws and deletes make-goods as slots end, in one job per slot. */
@Injectable()
export class MakeGoodsListener implements OnModuleInit {
  constructor(
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly writer: SlotWriter,
    private readonly makeGoods: MakeGoods,
  ) {}

  onModuleInit(): void {
    this.events.on(SlotEnded, ({ slotId, state, settled }, tx) =>
      state === 'missed' && settled
        ? this.jobs.add(tx, { name: MAKE_GOOD_JOB, key: slotId, again: true })
        : Promise.resolve(),
    );
    this.events.on(SlotPlayedAfterAll, ({ slotId }, tx) => this.jobs.add(tx, { name: WITHDRAW_JOB, key: slotId }));
    this.events.on(SlotReopened, ({ slotId }, tx) => this.jobs.add(tx, { name: FORGET_JOB, key: slotId, again: true }));
    this.defineForSlot(MAKE_GOOD_JOB, (tx, changes, slot) => this.makeGoods.raise(tx, changes, [slot.id]));
    this.defineForSlot(WITHDRAW_JOB, (tx, changes, slot) => this.makeGoods.withdraw(tx, changes, slot));
    this.defineForSlot(FORGET_JOB, (tx, changes, slot) => this.makeGoods.forget(tx, changes, slot));
  }

  /** A job whose key is a slot; it locks the slot's channel first. */
  private defineForSlot(
    name: string,
    work: (tx: EntityManager, changes: SlotChanges, slot: Slot) => Promise<void>,
  ): void {
    this.jobs.define(name, {
      run: (run) =>
        run.finish(async (tx) => {
          const slot = await tx.findOneBy(Slot, { id: run.job.key });
          if (!slot) return;
          await lockChannels(tx, [slot.channelId]);
          const changes = new SlotChanges();
          await work(tx, changes, slot);
          await this.writer.close(tx, changes, false);
        }),
    });
  }
}
