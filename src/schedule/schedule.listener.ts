import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { showDate } from '../shared/local-time.js';
import { Events } from '../database/events.js';
import { Jobs } from '../jobs/jobs.service.js';
import { systemActor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { ChannelRulesChanged } from '../channels/channels.events.js';
import { CampaignExtended } from '../campaigns/campaigns.events.js';
import { ApprovalVoided, ContentApproved } from '../approvals/approvals.events.js';
import { lockChannels } from '../channels/lock-channels.js';
import { MakeGoods } from './changes/make-goods.service.js';
import { PlanChanges } from './plans/plan-changes.service.js';
import { CampaignDemands } from './demands/campaign-demands.service.js';
import { ReplanJob } from './plans/replan.job.js';
import { SlotEnded, SlotPlayedAfterAll, SlotReopened } from './slots/slot.events.js';
import { SlotChanges, touched } from './slots/slot-changes.js';
import { SlotWriter } from './changes/slot-writer.service.js';
import { Slot } from './slots/slot.entity.js';

const MAKE_GOOD_JOB = 'make-good';
const WITHDRAW_JOB = 'make-good-withdraw';
const FORGET_JOB = 'make-good-forget';

/**
 * Keeps the schedule consistent when something under it changes. Content that must not go out is taken out at once; the
 * rest follows in a job.
 */
@Injectable()
export class ScheduleListener implements OnModuleInit {
  private readonly actor = systemActor('hệ thống xếp lịch');

  constructor(
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly writer: SlotWriter,
    private readonly changes: PlanChanges,
    private readonly makeGoods: MakeGoods,
    private readonly demands: CampaignDemands,
    private readonly replan: ReplanJob,
  ) {}

  onModuleInit(): void {
    this.events.on(ApprovalVoided, (event, tx) => this.withdraw(tx, event));
    this.events.on(ContentApproved, (event, tx) => this.playNewClip(tx, event));
    this.events.on(CampaignExtended, (event, tx) => this.extend(tx, event));
    this.events.on(ChannelRulesChanged, ({ channelIds, from, until, reason }, tx) =>
      this.replan.add(
        tx,
        { channelIds: [...channelIds], from, until, rules: true },
        { cause: 'channel-rules', sentence: reason },
      ),
    );
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

  /** Defines a job whose key is a slot id; it runs under the lock of the slot's channel. */
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

  /** A slot on the air is left to end. */
  private async withdraw(tx: EntityManager, { versionId, reason }: ApprovalVoided): Promise<void> {
    const bookends = await this.toCome(tx, versionId, true);
    const before = await this.toCome(tx, versionId);
    // Lock all channels at once (avoids deadlock).
    const channelIds = [...bookends, ...before].map(({ channelId }) => channelId);
    if (channelIds.length === 0) return;
    await lockChannels(tx, [...new Set(channelIds)]);
    await this.withdrawBookends(tx, versionId, bookends);
    if (before.length === 0) return;
    // Read again under the lock: another request may have cancelled some meanwhile.
    const slots = await this.toCome(tx, versionId);
    const why = `Nội dung không còn được duyệt: ${reason}`;
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
    await this.changes.record(tx, this.actor, { cause: 'approval-voided', sentence: why, campaignId }, difference);
  }

  /** Places the bookends of these days again, now without the content that is no longer approved. */
  private async withdrawBookends(tx: EntityManager, versionId: string, bookends: readonly Slot[]): Promise<void> {
    if (bookends.length === 0) return;
    for (const channelId of new Set(bookends.map((slot) => slot.channelId))) {
      const dates = bookends.filter((slot) => slot.channelId === channelId).map(({ date }) => date);
      await this.writer.refresh(tx, channelId, [...new Set(dates)]);
    }
    const after = { reason: 'Phần mở đầu, kết thúc không còn được duyệt.', slots: bookends.length };
    const fact = { action: 'session-frames.withdrawn', entity: 'script_version', entityId: versionId, after };
    await this.audit.record(tx, this.actor, fact);
  }

  /** A new version of a planned script was approved: its plans play the new clip, whatever its length. */
  private async playNewClip(tx: EntityManager, { versionId }: ContentApproved): Promise<void> {
    for (const { campaignId, title } of await this.demands.follow(tx, versionId)) {
      const sentence = `Bài “${title}” có bản thu mới được duyệt.`;
      await this.replan.add(tx, { campaignIds: [campaignId] }, { cause: 'clip-changed', sentence, campaignId });
    }
  }

  private async extend(tx: EntityManager, { campaignId, before, until }: CampaignExtended): Promise<void> {
    if (!(await this.demands.extend(tx, campaignId, before, until))) return;
    const sentence = `Đợt tuyên truyền kéo dài đến ${showDate(until)} (trước là ${showDate(before)}).`;
    await this.replan.add(tx, { campaignIds: [campaignId] }, { cause: 'campaign-extended', sentence, campaignId });
  }

  private toCome(tx: EntityManager, versionId: string, bookends = false): Promise<Slot[]> {
    return tx
      .createQueryBuilder(Slot, 's')
      .where(
        `(s.script_version_id = :versionId OR s.clip_id IN (SELECT c.id FROM clip c WHERE c.script_version_id = :versionId))`,
      )
      .andWhere(`s.state = 'planned' AND s.role ${bookends ? '<>' : '='} 'item' AND s.starts_at > :now`)
      .setParameters({ versionId, now: this.clock.now() })
      .orderBy('s.starts_at')
      .addOrderBy('s.id')
      .getMany();
  }
}
