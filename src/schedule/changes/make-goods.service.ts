import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { type Actor, hasRole, operatedUnits, systemActor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { lockChannels } from '../../channels/entities/lock-channels.js';
import { MakeGood } from './make-good.entity.js';
import { MakeGoodFinder } from './make-good-finder.service.js';
import { transitionMakeGood } from './transition-make-good.js';
import { newSlot } from '../slots/new-slot.js';
import type { MakeGoodProposal } from '../planning/make-good-time.js';
import { SlotChanges, touched } from '../slots/slot-changes.js';
import { contentOf, requireItemWithin, slotItem } from '../slots/slot-content.js';
import { SlotWriter } from './slot-writer.service.js';
import { slotOrder } from '../slots/slot-order-audit.js';
import { Slot } from '../slots/slot.entity.js';
import { type SlotView, slotViews } from '../slots/slot-view.js';

const automatic = systemActor('phát bù tự động');
const PLAYED_AFTER_ALL = 'Nhật ký máy gửi muộn cho biết lượt này đã phát, không cần phát bù.';

const WRONG_CLOCK = 'Lượt này bị tính là không phát vì giờ máy chủ sai; đã tính lại.';

/**
 * Make-goods of missed or replaced plays: proposed, then accepted or dismissed by a person or by the campaign's
 * setting.
 */
@Injectable()
export class MakeGoods {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
    private readonly finder: MakeGoodFinder,
    private readonly writer: SlotWriter,
  ) {}

  /**
   * Proposes one make-good for each of these slots that was replaced or finally missed, while its campaign is open.
   * With `autoMakeGood` of the campaign it is accepted at once, as part of `changes`. Runs in the caller's transaction,
   * which has locked the channels.
   */
  async raise(tx: EntityManager, changes: SlotChanges, slotIds: readonly string[]): Promise<void> {
    const slots = await tx.find(Slot, { where: { id: In([...slotIds]) }, order: { startsAt: 'ASC', id: 'ASC' } });
    for (const slot of slots) {
      if ((slot.state !== 'missed' && slot.state !== 'replaced') || slot.role !== 'item') continue;
      // Wait until evidence is final: the play may still turn out to have aired.
      if (slot.evidenceUntil !== null) continue;
      if (await tx.existsBy(MakeGood, { slotId: slot.id })) continue;
      const campaign = slot.campaignId ? await tx.findOneBy(Campaign, { id: slot.campaignId }) : null;
      if (campaign && campaign.state !== 'open') continue;
      const now = this.clock.now();
      const place = await this.finder.next(tx, slot);
      const row = { id: newId(now), slotId: slot.id, channelId: slot.channelId, ...stateOf(place), createdAt: now };
      // When two processes give up a slot at once, it gets one proposal.
      await tx.createQueryBuilder().insert().into(MakeGood).values(row).orIgnore().updateEntity(false).execute();
      if (place && campaign?.autoMakeGood) await this.try(tx, changes, slot, place);
    }
  }

  /** Accepting twice places one slot. Throws 404; `no-room`, `dismissed`, `not-approved`, `campaign-closed` (409). */
  async accept(actor: Actor, id: string): Promise<SlotView> {
    return this.database.write(async (tx) => {
      const { row, slot } = await this.claim(tx, actor, id);
      if (row.state === 'accepted' && row.makeGoodSlotId)
        return one(await slotViews(tx, { ids: [row.makeGoodSlotId] }));
      if (row.state === 'dismissed') throw decided();
      // The proposed place may be taken or past, so the next window with room is searched again.
      const place = await this.finder.next(tx, slot);
      if (!place) throw noRoom();
      const changes = new SlotChanges();
      const made = await this.write(tx, actor, changes, slot, place);
      await this.writer.close(tx, changes, false);
      return one(await slotViews(tx, { ids: [made] }));
    });
  }

  /** Throws 404, `reason-needed` (422), `decided` (409). */
  async dismiss(actor: Actor, id: string, reason: string): Promise<void> {
    const why = reason.trim();
    if (!why) throw reasonNeeded();
    await this.database.write(async (tx) => {
      const { row, channel } = await this.claim(tx, actor, id);
      if (row.state === 'dismissed') return;
      if (row.state === 'accepted') throw decided();
      const change = { reason: why, decidedAt: this.clock.now(), decidedBy: actor.name };
      await transitionMakeGood(tx, row, 'dismissed', change);
      const fact = { action: 'make-good.dismissed', entity: 'slot', entityId: row.slotId, unitId: channel.unitId };
      await this.audit.record(tx, actor, { ...fact, after: { reason: why } });
    });
  }

  /**
   * For a slot that played according to a late log: withdraws the proposal, and takes out a make-good play that was
   * placed automatically and has not begun. A play that a person accepted stays, with the reason why it may be taken
   * out. Runs in the caller's transaction, which has locked the channel.
   */
  async withdraw(tx: EntityManager, changes: SlotChanges, slot: Slot): Promise<void> {
    const row = await tx.findOneBy(MakeGood, { slotId: slot.id });
    const now = this.clock.now();
    const taken = { reason: PLAYED_AFTER_ALL, decidedAt: now, decidedBy: automatic.name };
    if (row?.state === 'dismissed') return;
    if (!row) {
      // The proposal is still queued as a job: this row prevents it.
      const nowhere = { ...stateOf(null), ...taken, state: 'dismissed' as const };
      await tx.insert(MakeGood, {
        id: newId(now),
        slotId: slot.id,
        channelId: slot.channelId,
        createdAt: now,
        ...nowhere,
      });
    } else if (row.state !== 'accepted' || (await this.takeOut(tx, changes, row, PLAYED_AFTER_ALL)))
      await transitionMakeGood(tx, row, 'dismissed', taken);
    else await tx.update(MakeGood, { id: row.id }, { reason: PLAYED_AFTER_ALL });
    const fact = { action: 'make-good.withdrawn', entity: 'slot', entityId: slot.id };
    await this.audit.record(tx, automatic, {
      ...fact,
      after: { reason: PLAYED_AFTER_ALL, before: row?.state ?? null },
    });
  }

  /**
   * For a slot that was marked missed because a clock was wrong: like `withdraw`, but when the slot is missed after all
   * it gets a make-good like any other.
   */
  async forget(tx: EntityManager, changes: SlotChanges, slot: Slot): Promise<void> {
    const row = await tx.findOneBy(MakeGood, { slotId: slot.id });
    // A person dismissed it: that decision stays.
    if (!row || (row.state === 'dismissed' && row.decidedBy !== automatic.name)) return;
    const gone = row.state !== 'accepted' || (await this.takeOut(tx, changes, row, WRONG_CLOCK));
    await (gone ? tx.delete(MakeGood, { id: row.id }) : tx.update(MakeGood, { id: row.id }, { reason: WRONG_CLOCK }));
    const fact = { action: 'make-good.withdrawn', entity: 'slot', entityId: slot.id };
    await this.audit.record(tx, automatic, { ...fact, after: { reason: WRONG_CLOCK, before: row.state } });
  }

  /**
   * Takes out the play of a make-good that no person accepted and that has not begun. Returns false when the play
   * stays.
   */
  private async takeOut(tx: EntityManager, changes: SlotChanges, row: MakeGood, why: string): Promise<boolean> {
    const made = row.makeGoodSlotId ? await tx.findOneBy(Slot, { id: row.makeGoodSlotId }) : null;
    const ahead = made?.state === 'planned' && made.startsAt > this.clock.now();
    if (!ahead || row.decidedBy !== automatic.name) return false;
    await this.writer.end(tx, changes, [touched(made)], 'cancelled', why);
    return true;
  }

  /** A make-good whose play was taken out is proposed again. */
  async reopen(tx: EntityManager, makeGoodSlotId: string): Promise<void> {
    const row = await tx.findOneBy(MakeGood, { makeGoodSlotId, state: 'accepted' });
    const nowhere = { makeGoodSlotId: null, windowId: null, startsAt: null, endsAt: null, date: null };
    if (row) await transitionMakeGood(tx, row, 'proposed', { ...nowhere, decidedAt: null, decidedBy: null });
  }

  /** A proposal that cannot be placed automatically stays proposed: a person sees the reason on accepting it. */
  private async try(tx: EntityManager, changes: SlotChanges, slot: Slot, place: MakeGoodProposal): Promise<void> {
    try {
      await this.write(tx, automatic, changes, slot, place);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  private async write(
    tx: EntityManager,
    actor: Actor,
    changes: SlotChanges,
    slot: Slot,
    place: MakeGoodProposal,
  ): Promise<string> {
    const row = await tx.findOneByOrFail(MakeGood, { slotId: slot.id });
    // A late log may have withdrawn the proposal before it was accepted.
    if (row.state === 'dismissed') throw decided();
    const channel = await tx.findOneByOrFail(Channel, { id: slot.channelId });
    const { campaignId, obligationId, startRule, waitSeconds } = slot;
    const question = { content: contentOf(slot), campaignId, obligationId };
    const item = await slotItem(tx, this.approvals, question, channel);
    requireItemWithin(item, channel, place.date);
    const now = this.clock.now();
    const id = newId(now);
    const made = newSlot({
      id,
      key: place.key,
      channelId: channel.id,
      windowId: place.windowId,
      date: place.date,
      startsAt: place.start,
      endsAt: place.end,
      ...item.columns,
      startRule,
      waitSeconds,
      why: place.why,
      held: true,
      makeGoodFor: slot.id,
      createdAt: now,
      createdBy: actor.accountId,
    });
    await this.writer.add(tx, changes, [made]);
    const accepted = { makeGoodSlotId: id, decidedAt: now, decidedBy: actor.name };
    await transitionMakeGood(tx, row, 'accepted', { ...placeOf(place), ...accepted });
    const fact = { action: 'slot.made-good', entity: 'slot', entityId: id, unitId: channel.unitId };
    await this.audit.record(tx, actor, { ...fact, after: { makeGoodFor: slot.id, ...slotOrder(made, channel.code) } });
    return id;
  }

  private async claim(tx: EntityManager, actor: Actor, id: string) {
    const seen = await tx.findOneBy(MakeGood, { id });
    const channel = seen && (await tx.findOneBy(Channel, { id: seen.channelId }));
    if (!seen || !channel || !mayDecide(actor, channel.unitId)) throw notFound();
    await lockChannels(tx, [channel.id]);
    // Read again under the lock: another request may have decided it meanwhile.
    const row = await tx.findOneByOrFail(MakeGood, { id });
    const slot = await tx.findOneByOrFail(Slot, { id: row.slotId });
    return { row, slot, channel };
  }
}

/** The city's editors and approvers, and the operator of that ward. */
function mayDecide(actor: Actor, unitId: string): boolean {
  return (
    actor.accountId === null || hasRole(actor, 'editor', 'approver', 'admin') || operatedUnits(actor).includes(unitId)
  );
}

function stateOf(place: MakeGoodProposal | null) {
  if (!place) return { state: 'no-room' as const, windowId: null, date: null, startsAt: null, endsAt: null };
  return { state: 'proposed' as const, ...placeOf(place) };
}

function placeOf({ windowId, date, start, end }: MakeGoodProposal) {
  return { windowId, date, startsAt: start, endsAt: end };
}

function one(views: SlotView[]): SlotView {
  const [view] = views;
  if (!view) throw new Error('the slot just written is not there');
  return view;
}

function noRoom(): DomainError {
  return new DomainError('conflict', 'no-room', {
    vi: 'Không còn buổi phát nào đủ chỗ để phát bù trong thời hạn. Hãy kéo dài buổi phát hoặc thêm buổi đặc biệt.',
    en: 'No window has room for it in time. Make a window longer or add a special one.',
  });
}

function decided(): DomainError {
  return new DomainError('conflict', 'decided', {
    vi: 'Đề xuất phát bù này đã được xử lý.',
    en: 'This make-good has been decided.',
  });
}

function reasonNeeded(): DomainError {
  return new DomainError(
    'invalid',
    'reason-needed',
    { vi: 'Xin ghi lý do không phát bù.', en: 'Say why it is not made good.' },
    { field: 'reason' },
  );
}
