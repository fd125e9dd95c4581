import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { Config } from '../../config/config.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { placeColumns, PlacementWriter, type WantedPlace } from './placement-writer.service.js';
import { ApproverOnly } from './approver-only.service.js';
import { frozen, lockedMove, notAnEmergency, stale, wardFirst } from '../slots/slot-errors.js';
import { requireUnchanged, slotToChange } from '../slots/slot-access.js';
import type { HandMove, HandPlacement, Placed, WardAsked } from './hand-placement.js';
import { newSlot } from '../slots/new-slot.js';
import { isFinal } from '../slots/slot.transitions.js';
import { contentOf, slotItem } from '../slots/slot-content.js';
import { slotOrder } from '../slots/slot-order-audit.js';
import { PlacementFinder } from './placement-finder.service.js';
import { BY_HAND } from '../slots/slot-rows.js';
import { startColumns } from '../slots/start-rule.js';
import { WardDecisionRequests } from './ward-decision-requests.service.js';

export interface PlacementOptions {
  /** Return what would happen and change nothing. */
  dryRun?: boolean;
  /** The ward or the deadline has decided: slots in the way are replaced. */
  decided?: boolean;
}

/** Places or moves one slot for a person. `SlotEdits` changes a slot without moving it. */
@Injectable()
export class SlotPlacement {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly approvals: Approvals,
    private readonly finder: PlacementFinder,
    private readonly placements: PlacementWriter,
    private readonly requests: WardDecisionRequests,
    private readonly approverOnly: ApproverOnly,
  ) {}

  /** See `Schedule.place`. */
  place(actor: Actor, request: HandPlacement, options: PlacementOptions = {}): Promise<Placed | WardAsked> {
    return this.placements.run(options.dryRun ?? false, (tx, wanted) =>
      this.placing(tx, actor, request, options, wanted),
    );
  }

  /** The same inside the caller's transaction; a refusal of the database itself is not translated. */
  async placing(
    tx: EntityManager,
    actor: Actor,
    request: HandPlacement,
    { decided }: PlacementOptions,
    wanted: WantedPlace = {},
  ): Promise<Placed | WardAsked> {
    const channel = await tx.findOneBy(Channel, { code: request.channelCode });
    if (!channel || !mayRead(actor, channel.unitId)) throw notFound();
    const authorisedBy = await this.approverOnly.authorised(tx, actor, request, decided);
    // Lock order: approval, then channel, as when an approval is taken back (avoids deadlock).
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
    const after = { ...request.content, ...slotOrder(slot, channel.code), reason };
    const fact = { action: 'slot.placed', entity: 'slot', entityId: id, unitId: channel.unitId, after };
    return this.placements.add(tx, actor, slot, place, { id, item, reason, authorisedBy, channel }, fact);
  }

  /** See `Schedule.move`. */
  move(actor: Actor, slotId: string, ask: HandMove, { dryRun }: PlacementOptions = {}): Promise<Placed> {
    return this.placements.run(dryRun ?? false, async (tx, wanted) => {
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
      // The person who moves an emergency becomes responsible for it.
      const authorisedBy = seen.authorisedBy === null ? null : actor.name;
      const closest = Math.min(startsAt, seen.startsAt);
      if (startsAt > now && closest < now + this.config.lockMs && !reason?.trim()) throw lockedMove(this.config.lockMs);
      wanted.place = { channelId: to.id, range: { start: startsAt, end: startsAt + item.durationMs } };
      const movingSlotId = to.id === from.id ? seen.id : undefined;
      const place = await this.finder.find(tx, target, item, { startsAt, onClash, reason, authorisedBy, movingSlotId });
      if (place.kind === 'ward-decides') throw wardFirst(place.met);
      const by = { id: slotId, item, reason, authorisedBy, channel: to };
      return this.placements.move(tx, actor, seen, place, by, (moved) => ({
        action: 'slot.moved',
        entity: 'slot',
        entityId: slotId,
        unitId: to.unitId,
        before: { channel: from.code, startsAt: seen.startsAt },
        after: { ...slotOrder(moved, to.code), reason },
      }));
    });
  }
}

function whyPlaced(actor: Actor, { reason, emergency }: HandPlacement, authorisedBy: string | null): string {
  if (authorisedBy !== null) return `Phát khẩn cấp theo lệnh của ${authorisedBy}: ${emergency?.reason ?? ''}.`;
  return reason?.trim() ? `Do ${actor.name} xếp: ${reason.trim()}.` : `Do ${actor.name} xếp.`;
}
