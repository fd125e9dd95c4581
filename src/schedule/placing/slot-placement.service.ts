import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import type { TimeRange } from '../../shared/time-range.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { Channel } from '../../channels/channel.entity.js';
import { ApproverOnly } from './approver-only.service.js';
import { frozen, lockedMove, notAnEmergency, stale, wardFirst } from '../slots/slot-errors.js';
import { placedSlot, requireUnchanged, slotToChange } from '../slots/slot-access.js';
import type { HandMove, HandPlacement, Placed, WardAsked } from './hand-placement.js';
import { MakeGoods } from '../changes/make-goods.service.js';
import { newSlot } from '../slots/new-slot.js';
import { isFinal } from '../slots/slot.transitions.js';
import { withDryRun } from '../slots/dry-run.js';
import { SlotChanges, touched } from '../slots/slot-changes.js';
import { contentOf, type SlotItem, slotItem } from '../slots/slot-content.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { slotOrder } from '../slots/slot-order-audit.js';
import { type Placement, PlacementFinder } from './placement-finder.service.js';
import { isOverlapRefusal } from './slot-refusals.js';
import { Slot } from '../slots/slot.entity.js';
import { BY_HAND } from '../slots/slot-rows.js';
import { startColumns } from '../slots/start-rule.js';
import { WardDecisionRequests } from './ward-decision-requests.service.js';

export interface PlacementOptions {
  /** Report what would happen, and change nothing. */
  dryRun?: boolean;
  /** The ward or the deadline has decided: the slots met give way. */
  decided?: boolean;
}

type FreePlace = Extract<Placement, { kind: 'free' }>;

/** Places or moves one slot for a person. `SlotEdits` changes a slot without moving it. */
@Injectable()
export class SlotPlacement {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
    private readonly finder: PlacementFinder,
    private readonly writer: SlotWriter,
    private readonly makeGoods: MakeGoods,
    private readonly requests: WardDecisionRequests,
    private readonly approverOnly: ApproverOnly,
  ) {}

  /** See `Schedule.place`. */
  place(actor: Actor, request: HandPlacement, options: PlacementOptions = {}): Promise<Placed | WardAsked> {
    return this.translateOverlap(options, (tx, wanted) => this.placing(tx, actor, request, options, wanted));
  }

  /** The same inside the caller's transaction; an overlap refusal of the database passes through untranslated. */
  async placing(
    tx: EntityManager,
    actor: Actor,
    request: HandPlacement,
    { decided }: PlacementOptions,
    wanted: Wanted = {},
  ): Promise<Placed | WardAsked> {
    const channel = await tx.findOneBy(Channel, { code: request.channelCode });
    if (!channel || !mayRead(actor, channel.unitId)) throw notFound();
    const authorisedBy = await this.approverOnly.authorised(tx, actor, request, decided);
    // Lock order: approval, then channel, as when an approval is voided (avoids deadlock).
    const item = await slotItem(tx, this.approvals, request, channel);
    if (authorisedBy !== null && item.bulletinClass !== 'emergency') throw notAnEmergency();
    const [target] = await this.finder.inService(tx, [channel.id]);
    if (!target) throw notFound();
    const { startsAt, onClash = 'refuse' } = request;
    const reason = request.reason ?? request.emergency?.reason;
    wanted.place = { channelId: channel.id, range: { start: startsAt, end: startsAt + item.durationMs } };
    const place = await this.finder.find(tx, target, item, { startsAt, onClash, reason, authorisedBy, decided });
    if (place.kind === 'ward-decides') {
      const decisionId = await this.requests.ask(tx, actor, request, channel, item, place.met);
      return { outcome: 'ward-decides', decisionId };
    }
    const now = this.clock.now();
    const id = newId(now);
    const slot = newSlot({
      id,
      key: `${BY_HAND}${id}`,
      channelId: channel.id,
      ...placeColumns(place),
      ...item.columns,
      ...startColumns(request.start ?? (authorisedBy === null ? undefined : { rule: 'cut' })),
      why: whyPlaced(actor, request, authorisedBy),
      held: true,
      authorisedBy,
      createdAt: now,
      createdBy: actor.accountId,
    });
    const changes = new SlotChanges();
    await this.pushAside(tx, actor, changes, place, { id, item, reason, authorisedBy }, channel);
    await this.writer.add(tx, changes, [slot]);
    const after = { ...request.content, ...slotOrder(slot, channel.code), reason };
    const fact = { action: 'slot.placed', entity: 'slot', entityId: id, unitId: channel.unitId, after };
    await this.audit.record(tx, actor, fact);
    return this.close(tx, changes, id, place);
  }

  /** See `Schedule.move`. */
  move(actor: Actor, slotId: string, ask: HandMove, { dryRun }: PlacementOptions = {}): Promise<Placed> {
    return this.translateOverlap({ dryRun }, async (tx, wanted) => {
      const { slot: seen, channel: from } = await slotToChange(tx, actor, slotId);
      if (ask.version !== undefined && ask.version !== seen.version) throw stale(seen.version);
      const now = this.clock.now();
      if (isFinal(seen.state) || seen.startsAt <= now) throw frozen();
      await this.approverOnly.requireMayMove(
        tx,
        actor,
        seen,
        ask.channelCode !== undefined && ask.channelCode !== from.code,
      );
      const to = ask.channelCode === undefined ? from : await tx.findOneBy(Channel, { code: ask.channelCode });
      if (!to || !mayRead(actor, to.unitId)) throw notFound();
      const { campaignId, obligationId } = seen;
      const question = { content: contentOf(seen), campaignId, obligationId };
      const item = await slotItem(tx, this.approvals, question, to, to.id !== from.id);
      const targets = await this.finder.inService(tx, [...new Set([from.id, to.id])]);
      const target = targets.find(({ channel }) => channel.id === to.id);
      if (!target) throw notFound();
      await requireUnchanged(tx, seen);
      const { startsAt, reason, onClash = 'refuse' } = ask;
      // The approver who moves an emergency answers for its new place and time.
      const authorisedBy = seen.authorisedBy === null ? null : actor.name;
      const closest = Math.min(startsAt, seen.startsAt);
      if (startsAt > now && closest < now + this.config.lockMs && !reason?.trim()) throw lockedMove(this.config.lockMs);
      wanted.place = { channelId: to.id, range: { start: startsAt, end: startsAt + item.durationMs } };
      const movingSlotId = to.id === from.id ? seen.id : undefined;
      const place = await this.finder.find(tx, target, item, { startsAt, onClash, reason, authorisedBy, movingSlotId });
      if (place.kind === 'ward-decides') throw wardFirst(place.met);
      const changes = new SlotChanges();
      await this.pushAside(tx, actor, changes, place, { id: seen.id, item, reason, authorisedBy }, to);
      const change = {
        channelId: to.id,
        ...placeColumns(place),
        clipId: item.columns.clipId,
        held: true,
        authorisedBy,
      };
      const moved = await this.writer.move(tx, changes, seen, change);
      await this.audit.record(tx, actor, {
        action: 'slot.moved',
        entity: 'slot',
        entityId: slotId,
        unitId: to.unitId,
        before: { channel: from.code, startsAt: seen.startsAt },
        after: { ...slotOrder(moved, to.code), reason },
      });
      return this.close(tx, changes, slotId, place);
    });
  }

  /** The slots met are replaced and get make-goods. */
  private async pushAside(
    tx: EntityManager,
    actor: Actor,
    changes: SlotChanges,
    place: FreePlace,
    by: { id: string; item: SlotItem; reason?: string; authorisedBy: string | null },
    channel: Channel,
  ): Promise<void> {
    const ids = place.replaces.map(({ id }) => id);
    if (ids.length === 0) return;
    const note = by.reason?.trim() ? `: ${by.reason.trim()}` : '';
    const why =
      by.authorisedBy === null
        ? `Nhường chỗ cho “${by.item.title}”, do ${actor.name} quyết định${note}.`
        : `Nhường chỗ cho tin khẩn cấp “${by.item.title}”, lệnh của ${by.authorisedBy}${note}.`;
    const slots = await tx.findBy(
      Slot,
      ids.map((id) => ({ id })),
    );
    await this.writer.end(tx, changes, slots.map(touched), 'replaced', why, by.id);
    for (const id of ids) {
      const fact = { action: 'slot.replaced', entity: 'slot', entityId: id, unitId: channel.unitId };
      await this.audit.record(tx, actor, { ...fact, after: { by: by.id, reason: why } });
    }
  }

  private async close(tx: EntityManager, changes: SlotChanges, slotId: string, place: FreePlace): Promise<Placed> {
    // Only after the new slot is stored: a make-good must not take its place.
    const replaced = place.replaces.map(({ id }) => id);
    if (replaced.length > 0) await this.makeGoods.raise(tx, changes, replaced);
    const difference = await this.writer.close(tx, changes);
    return { outcome: 'placed', slot: await placedSlot(tx, slotId), difference };
  }

  /** The database decides about overlaps; its refusal becomes the same error as our own check. */
  private async translateOverlap<T>(
    { dryRun }: PlacementOptions,
    work: (tx: EntityManager, wanted: Wanted) => Promise<T>,
  ): Promise<T> {
    const wanted: Wanted = {};
    try {
      return await withDryRun(this.database, dryRun ?? false, (tx) => work(tx, wanted));
    } catch (error) {
      if (!wanted.place || !isOverlapRefusal(error)) throw error;
      const { channelId, range } = wanted.place;
      throw (await this.finder.overlapAt(this.database.read(), channelId, range)) ?? error;
    }
  }
}

interface Wanted {
  place?: { channelId: string; range: TimeRange };
}

function placeColumns({ range, windowId, date }: FreePlace): {
  startsAt: Instant;
  endsAt: Instant;
  windowId: string | null;
  date: string;
} {
  return { startsAt: range.start, endsAt: range.end, windowId, date };
}

function whyPlaced(actor: Actor, { reason, emergency }: HandPlacement, authorisedBy: string | null): string {
  if (authorisedBy !== null) return `Phát khẩn cấp theo lệnh của ${authorisedBy}: ${emergency?.reason ?? ''}.`;
  return reason?.trim() ? `Do ${actor.name} xếp: ${reason.trim()}.` : `Do ${actor.name} xếp.`;
}
