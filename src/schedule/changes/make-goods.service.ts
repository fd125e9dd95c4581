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
import { Channel } from '../../channels/channel.entity.js';
import { lockChannels } from '../../channels/lock-channels.js';
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

/** Plays that were missed or replaced and their second chance: proposed, then accepted or dismissed by a person or by the campaign. */
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
   * Proposes a make-good for each of these slots that was missed for good or replaced, once, while its campaign is open; where the campaign says so it is accepted
   * at once, as part of `changes`. In the caller's transaction, which stands in line for the channels.
   */
  async raise(tx: EntityManager, changes: SlotChanges, slotIds: readonly string[]): Promise<void> {
    const slots = await tx.find(Slot, { where: { id: In([...slotIds]) }, order: { startsAt: 'ASC', id: 'ASC' } });
    for (const slot of slots) {
      if ((slot.state !== 'missed' && slot.state !== 'replaced') || slot.role !== 'item') continue;
      // While a log may still come nothing is made good that perhaps did play.
      if (slot.evidenceUntil !== null) continue;
      if (await tx.existsBy(MakeGood, { slotId: slot.id })) continue;
      const campaign = slot.campaignId ? await tx.findOneBy(Campaign, { id: slot.campaignId }) : null;
      if (campaign && campaign.state !== 'open') continue;
      const now = this.clock.now();
      const place = await this.finder.next(tx, slot);
      const row = { id: newId(now), slotId: slot.id, channelId: slot.channelId, ...stateOf(place), createdAt: now };
      // A slot that two processes give up at once has one proposal.
      await tx.createQueryBuilder().insert().into(MakeGood).values(row).orIgnore().updateEntity(false).execute();
      if (place && campaign?.autoMakeGood) await this.try(tx, changes, slot, place);
    }
  }

  /** Accepting twice is one slot. Throws 404; `no-room`, `dismissed`, `not-approved`, `campaign-closed` (409). */
  async accept(actor: Actor, id: string): Promise<SlotView> {
    return this.database.write(async (tx) => {
      const { row, slot } = await this.claim(tx, actor, id);
      if (row.state === 'accepted' && row.makeGoodSlotId)
        return one(await slotViews(tx, { ids: [row.makeGoodSlotId] }));
      if (row.state === 'dismissed') throw decided();
      // The place of the proposal may be taken or gone by; the rule is the next window with room, so it is asked again.
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
   * For a slot that a late log says did play: what was proposed is taken back, and so is a play that was placed without a
   * person and has not begun. What a person accepted stands, and says why it may be taken out. In the caller's transaction, which
   * stands in line for the channel.
   */
  async withdraw(tx: EntityManager, changes: SlotChanges, slot: Slot): Promise<void> {
    const row = await tx.findOneBy(MakeGood, { slotId: slot.id });
    const now = this.clock.now();
    const taken = { reason: PLAYED_AFTER_ALL, decidedAt: now, decidedBy: automatic.name };
    if (row?.state === 'dismissed') return;
    if (!row) {
      // The proposal is still on its way: it finds this row and is not made.
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
   * For a slot that was taken to be missed by a clock that was wrong: as `withdraw`, but when it is missed after all it has a
   * second chance like every other.
   */
  async forget(tx: EntityManager, changes: SlotChanges, slot: Slot): Promise<void> {
    const row = await tx.findOneBy(MakeGood, { slotId: slot.id });
    // A person has decided with what he saw: that stands.
    if (!row || (row.state === 'dismissed' && row.decidedBy !== automatic.name)) return;
    const gone = row.state !== 'accepted' || (await this.takeOut(tx, changes, row, WRONG_CLOCK));
    await (gone ? tx.delete(MakeGood, { id: row.id }) : tx.update(MakeGood, { id: row.id }, { reason: WRONG_CLOCK }));
    const fact = { action: 'make-good.withdrawn', entity: 'slot', entityId: slot.id };
    await this.audit.record(tx, automatic, { ...fact, after: { reason: WRONG_CLOCK, before: row.state } });
  }

  /** Takes out the play of a make-good that no person accepted and that has not begun. False when it stands. */
  private async takeOut(tx: EntityManager, changes: SlotChanges, row: MakeGood, why: string): Promise<boolean> {
    const made = row.makeGoodSlotId ? await tx.findOneBy(Slot, { id: row.makeGoodSlotId }) : null;
    const ahead = made?.state === 'planned' && made.startsAt > this.clock.now();
    if (!ahead || row.decidedBy !== automatic.name) return false;
    await this.writer.end(tx, changes, [touched(made)], 'cancelled', why);
    return true;
  }

  /** A make-good that was taken out again waits for another place. */
  async reopen(tx: EntityManager, makeGoodSlotId: string): Promise<void> {
    const row = await tx.findOneBy(MakeGood, { makeGoodSlotId, state: 'accepted' });
    const nowhere = { makeGoodSlotId: null, windowId: null, startsAt: null, endsAt: null, date: null };
    if (row) await transitionMakeGood(tx, row, 'proposed', { ...nowhere, decidedAt: null, decidedBy: null });
  }

  /** What cannot be placed by itself stays proposed: a person sees why when he accepts it. */
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
    // A late log may have taken the proposal back before anybody could accept it.
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
    // Somebody may have decided while this waited in line.
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
