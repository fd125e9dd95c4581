import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, type Instant } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { addDays, localDateOf } from '../shared/local-time.js';
import { contains, overlaps, type TimeRange } from '../shared/time-range.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { type Actor, mayRead } from '../people/actor.js';
import { Audit } from '../people/audit.js';
import { Approvals } from '../approvals/approvals.service.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { Channel } from '../channels/channel.entity.js';
import { approvedSound, isHeardOn, openCampaign, requireOwnObligation } from './approved-content.js';
import { type ChannelWithRules, channelsWithRules, lockChannels } from './channel-rules.js';
import { otherUnit, outsideCampaign } from './plan-request.js';
import { checkPlacement } from './planning/placement.check.js';
import { requireSlotRange } from './planning/planning.input.js';
import type { Occurrence } from './planning/planning.types.js';
import { takesTime } from './planning/slot.transitions.js';
import { channelOccurrences } from './planning/window.occurrences.js';
import { SlotMoved, SlotPlaced } from './schedule.events.js';
import { Slot } from './slot.entity.js';
import { isOverlapRefusal, overlap, refused } from './slot-refusals.js';
import { BY_HAND, insertSlots, type StoredSlot, storedSlots } from './slot-rows.js';
import { type SlotView, slotViews } from './slot-view.js';

/** A person sees what he does: he may place up to the moment of air, and one slot right after another. */
const LOCK_MS = 0;
const DAYS_BEFORE = 2;
const DAYS_AFTER = 8;

export interface HandPlacement {
  channelCode: string;
  clipId: string;
  startsAt: Instant;
  campaignId: string;
  /** The obligation that the play answers; the planner then counts it. */
  obligationId?: string;
}

/** One slot at a time, put where a person wants it. */
@Injectable()
export class SlotPlacer {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
  ) {}

  /** See `Schedule.place`. */
  place(actor: Actor, { channelCode, clipId, startsAt, campaignId, obligationId }: HandPlacement): Promise<SlotView> {
    let wanted: { channelId: string; range: TimeRange } | undefined;
    const work = async (tx: EntityManager): Promise<SlotView> => {
      const found = await tx.findOneBy(Channel, { code: channelCode });
      if (!found || !mayRead(actor, found.unitId)) throw notFound();
      const campaign = await openCampaign(tx, campaignId);
      if (obligationId !== undefined) await requireOwnObligation(tx, campaign, obligationId);
      // The approval is held first and the channel second, as when an approval is taken back: so nobody waits in a ring.
      const { clip, script } = await approvedSound(tx, this.approvals, campaignId, clipId);
      const { channel, rules } = await this.inService(tx, found.id);
      if (!isHeardOn(script, channel)) throw otherUnit(channel.name);
      const range = { start: startsAt, end: startsAt + clip.durationMs };
      wanted = { channelId: channel.id, range };
      const { windowId, date } = await this.requireFree(tx, { channel, rules }, range, campaign);
      const now = this.clock.now();
      const id = newId(now);
      const slot: Slot = {
        id,
        key: `${BY_HAND}${id}`,
        channelId: channel.id,
        windowId,
        date,
        campaignId,
        obligationId: obligationId ?? null,
        clipId,
        startsAt: range.start,
        endsAt: range.end,
        state: 'planned',
        reason: null,
        why: `Do ${actor.name} xếp.`,
        createdAt: now,
        createdBy: actor.accountId,
      };
      await insertSlots(tx, [slot]);
      const after = { channel: channel.code, startsAt, clipId };
      const fact = { action: 'slot.placed', entity: 'slot', entityId: id, unitId: channel.unitId, after };
      await this.audit.record(tx, actor, fact);
      await this.events.publish(tx, new SlotPlaced([id], channel.id, [date]));
      return one(await slotViews(tx, { ids: [id] }));
    };
    return this.understandably(work, () => wanted);
  }

  /** See `Schedule.move`. */
  move(actor: Actor, slotId: string, startsAt: Instant): Promise<SlotView> {
    let wanted: { channelId: string; range: TimeRange } | undefined;
    const work = async (tx: EntityManager): Promise<SlotView> => {
      const seen = await tx.findOneBy(Slot, { id: slotId });
      const found = seen && (await tx.findOneBy(Channel, { id: seen.channelId }));
      if (!seen || !found || !mayRead(actor, found.unitId)) throw notFound();
      const campaign = await openCampaign(tx, seen.campaignId);
      await approvedSound(tx, this.approvals, seen.campaignId, seen.clipId);
      const { channel, rules } = await this.inService(tx, found.id);
      const range = { start: startsAt, end: startsAt + (seen.endsAt - seen.startsAt) };
      wanted = { channelId: channel.id, range };
      const { windowId, date } = await this.requireFree(tx, { channel, rules }, range, campaign, slotId);
      const change = { startsAt: range.start, endsAt: range.end, windowId, date };
      const done = await tx.update(Slot, { id: slotId, state: 'planned', startsAt: seen.startsAt }, change);
      if (done.affected !== 1) throw changedMeanwhile();
      await this.audit.record(tx, actor, {
        action: 'slot.moved',
        entity: 'slot',
        entityId: slotId,
        unitId: channel.unitId,
        before: { startsAt: seen.startsAt },
        after: { startsAt },
      });
      const dates = [...new Set([seen.date, date])].sort();
      await this.events.publish(tx, new SlotMoved([slotId], channel.id, dates));
      return one(await slotViews(tx, { ids: [slotId] }));
    };
    return this.understandably(work, () => wanted);
  }

  /** Stands in line for the channel: whatever is read after this stays true until the transaction ends. */
  private async inService(tx: EntityManager, channelId: string): Promise<ChannelWithRules> {
    await lockChannels(tx, [channelId]);
    const [channel] = await channelsWithRules(tx, { ids: [channelId] });
    if (channel) return channel;
    throw new DomainError('invalid', 'not-in-service', {
      vi: 'Kênh này không hoạt động hoặc không phải kênh loa, không xếp lượt phát được.',
      en: 'This channel is not in service or has no loudspeaker; nothing can be placed on it.',
    });
  }

  /** The session that the range lies in; throws all that is against it at once. */
  private async requireFree(
    tx: EntityManager,
    { channel, rules }: Pick<ChannelWithRules, 'channel' | 'rules'>,
    range: TimeRange,
    campaign: Campaign,
    movingSlotId?: string,
  ): Promise<Occurrence> {
    requireSlotRange(range);
    const day = localDateOf(range.start, channel.zone);
    const existing = await this.around(tx, channel.id, day);
    const now = this.clock.now();
    const answer = checkPlacement({ channel: rules, range, existing, now, lockMs: LOCK_MS, movingSlotId });
    if (!answer.ok) {
      const meets = [...new Set(answer.reasons.flatMap((reason) => reason.meets))];
      throw refused(answer.reasons, await slotViews(tx, { ids: meets }), channel.zone);
    }
    const sessions = channelOccurrences(rules, addDays(day, -DAYS_BEFORE), day);
    const session = sessions.find((one) => contains(one, range));
    if (!session) throw new Error('a permitted placement lies in no session');
    if (session.date < campaign.from || session.date > campaign.until) throw outsideCampaign(campaign);
    return session;
  }

  private around(em: EntityManager, channelId: string, day: string): Promise<StoredSlot[]> {
    return storedSlots(em, [channelId], addDays(day, -DAYS_BEFORE), addDays(day, DAYS_AFTER));
  }

  /** The database has the last word on overlaps; its refusal is told in the same words as our own. */
  private async understandably(
    work: (tx: EntityManager) => Promise<SlotView>,
    wanted: () => { channelId: string; range: TimeRange } | undefined,
  ): Promise<SlotView> {
    try {
      return await this.database.write(work);
    } catch (error) {
      const place = wanted();
      if (!place || !isOverlapRefusal(error)) throw error;
      throw await this.overlapAt(place.channelId, place.range);
    }
  }

  private async overlapAt(channelId: string, range: TimeRange): Promise<DomainError> {
    const em = this.database.read();
    const [channel] = await channelsWithRules(em, { ids: [channelId] });
    if (!channel) return notFound();
    const { zone } = channel.rules;
    const existing = await this.around(em, channelId, localDateOf(range.start, zone));
    const met = existing.filter((slot) => takesTime(slot.state) && overlaps(slot, range)).map(({ id }) => id);
    const answer = checkPlacement({
      channel: channel.rules,
      range,
      existing,
      now: this.clock.now(),
      lockMs: LOCK_MS,
    });
    const nearestFree = answer.ok ? [] : (answer.reasons[0]?.nearestFree ?? []);
    return overlap(await slotViews(em, { ids: met }), nearestFree, zone);
  }
}

function one(views: SlotView[]): SlotView {
  const [view] = views;
  if (!view) throw new Error('the slot just written is not there');
  return view;
}

function changedMeanwhile(): DomainError {
  return new DomainError('conflict', 'illegal-move', {
    vi: 'Lượt phát vừa được người khác xử lý. Xin tải lại trang.',
    en: 'Somebody else has just changed this slot. Reload.',
  });
}
