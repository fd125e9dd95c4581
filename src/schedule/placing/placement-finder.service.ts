import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { addDays, type LocalDate, localDateOf } from '../../shared/local-time.js';
import { contains, overlaps, type TimeRange } from '../../shared/time-range.js';
import { Config } from '../../config/config.js';
import { type ChannelWithRules, channelsWithRules } from '../../channels/channels-with-rules.js';
import { lockChannels } from '../../channels/entities/lock-channels.js';
import { type ClashChoice, judgeOverride, type MetSlot } from '../slots/clash.js';
import { outsideCampaign } from '../demands/plan-request.js';
import { checkPlacement } from '../planning/placement-check.js';
import { requireSlotRange } from '../planning/plan-input.js';
import { takesTime } from '../slots/slot.transitions.js';
import { channelOccurrences } from '../../channels/hours/window-occurrences.js';
import { SessionBookends } from '../bookends/session-bookends.service.js';
import { choicesOf, overlap, refused } from './slot-refusals.js';
import { requireItemWithin, type SlotItem } from '../slots/slot-content.js';
import { type StoredSlot, storedSlots } from '../slots/slot-rows.js';
import { type SlotView, slotViews } from '../slots/slot-view.js';

const DAYS_BEFORE = 2;
const DAYS_AFTER = 8;
/** The number of consecutive slots to pass before the search for room after them ends. */
const MAX_STEPS = 100;

export interface PlacementQuery {
  startsAt: Instant;
  onClash: ClashChoice;
  reason?: string;
  /** The approver who orders an emergency. */
  authorisedBy: string | null;
  /** The ward or the deadline has decided: the slots met give way. */
  decided?: boolean;
  movingSlotId?: string;
}

export type Placement =
  | { kind: 'free'; range: TimeRange; windowId: string | null; date: LocalDate; replaces: SlotView[] }
  | { kind: 'ward-decides'; range: TimeRange; met: MetSlot[] };

interface PlacementContext {
  target: ChannelWithRules;
  item: SlotItem;
  ask: PlacementQuery;
  existing: StoredSlot[];
}

/** Finds where an item may be placed on a channel, and which slots it would replace. */
@Injectable()
export class PlacementFinder {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly bookends: SessionBookends,
  ) {}

  /** Locks the channels in the order of ids: what is read afterwards stays true until the transaction ends. */
  async inService(tx: EntityManager, channelIds: readonly string[]): Promise<ChannelWithRules[]> {
    await lockChannels(tx, channelIds);
    const found = (await channelsWithRules(tx, { ids: channelIds })).filter(({ channel }) => channel.active);
    if (found.length === new Set(channelIds).size) return found;
    throw new DomainError(
      'invalid',
      'not-in-service',
      {
        vi: 'Kênh này không hoạt động hoặc không phải kênh loa, không xếp lượt phát được.',
        en: 'This channel is not in service or has no loudspeaker; nothing can be placed on it.',
      },
      { field: 'channelCode' },
    );
  }

  /** Throws the refusal: 409 `overlap` with the choices, or the refusal of the choice made; 422 for a rule. */
  async find(tx: EntityManager, target: ChannelWithRules, item: SlotItem, ask: PlacementQuery): Promise<Placement> {
    const range = { start: ask.startsAt, end: ask.startsAt + item.durationMs };
    requireSlotRange(range);
    const day = localDateOf(range.start, target.rules.zone);
    const existing = await this.around(tx, target, day);
    const context: PlacementContext = { target, item, ask, existing };
    const answer = this.check(context, range);
    if (answer.ok) return this.free(context, range, []);
    const { reasons } = answer;
    const { zone } = target.rules;
    const ids = [...new Set(reasons.flatMap((reason) => reason.meets))];
    const views = await slotViews(tx, { ids });
    const met = this.met(context, ids, views);
    if (reasons.some(({ code }) => code !== 'overlap')) throw refused(reasons, met, zone);
    const own = this.isOwn(context);
    const newcomer = { bulletinClass: item.bulletinClass, own, authorisedBy: ask.authorisedBy, reason: ask.reason };
    const verdict = judgeOverride(newcomer, met, this.clock.now(), this.config.lockMs);
    const appendAt = this.appendStart(context, met);
    if (ask.onClash === 'append' && appendAt !== null) {
      return this.free(context, { start: appendAt, end: appendAt + item.durationMs }, []);
    }
    if (ask.onClash === 'override') {
      if (verdict.verdict === 'allowed' || (verdict.verdict === 'ward-decides' && ask.decided)) {
        return this.free(context, range, views);
      }
      if (verdict.verdict === 'ward-decides') {
        // Check the day first; do not ask the ward about a placement that is impossible anyway.
        this.allowedDay(context, range);
        return { kind: 'ward-decides', range, met };
      }
    }
    const choices = choicesOf(verdict, appendAt, reasons[0]?.nearestFree ?? []);
    const error = refused(reasons, met, zone, choices);
    if (ask.onClash !== 'override' || verdict.verdict !== 'refused') throw error;
    const kind = verdict.code === 'locked' ? 'invalid' : 'conflict';
    throw new DomainError(kind, verdict.code, verdict.sentence, { ...error.details, field: 'onClash' });
  }

  /** Converts an overlap refusal of the database to the same error as our own check. */
  async overlapAt(em: EntityManager, channelId: string, range: TimeRange): Promise<DomainError | null> {
    const [target] = await channelsWithRules(em, { ids: [channelId] });
    if (!target) return null;
    const existing = await this.around(em, target, localDateOf(range.start, target.rules.zone));
    const met = existing.filter((slot) => takesTime(slot.state) && overlaps(slot, range)).map(({ id }) => id);
    const now = this.clock.now();
    const answer = checkPlacement({ channel: target.rules, range, existing, now, lockMs: 0 });
    const nearestFree = answer.ok ? [] : (answer.reasons[0]?.nearestFree ?? []);
    return overlap(await slotViews(em, { ids: met }), nearestFree, target.rules.zone);
  }

  /** Items around a day and the time that bookends reserve; a bookend that has begun counts as an item. */
  async around(em: EntityManager, target: ChannelWithRules, day: LocalDate): Promise<StoredSlot[]> {
    const days = [addDays(day, -DAYS_BEFORE), addDays(day, DAYS_AFTER)] as const;
    const stored = await storedSlots(em, [target.channel.id], ...days);
    const settings = await this.bookends.settings(em, [target]);
    const now = this.clock.now();
    const occupying = stored.filter(({ role, start }) => role === 'item' || start <= now);
    return [...occupying, ...this.bookends.reserved(target, settings, ...days)];
  }

  private check({ target, ask, existing }: PlacementContext, range: TimeRange) {
    return checkPlacement({
      channel: target.rules,
      range,
      existing,
      now: this.clock.now(),
      // A person may place up to the moment of air. A move out of the lock is checked by the caller.
      lockMs: 0,
      movingSlotId: ask.movingSlotId,
      emergencyAuthoriser: ask.authorisedBy ?? undefined,
    });
  }

  private free(context: PlacementContext, range: TimeRange, replaces: SlotView[]): Placement {
    return { kind: 'free', range, ...this.allowedDay(context, range), replaces };
  }

  /**
   * The session that contains the range, and its day; an emergency may lie outside every session. Throws
   * `outside-campaign` (422), `outside-approval` (409).
   */
  private allowedDay(
    { target, item, ask }: PlacementContext,
    range: TimeRange,
  ): Pick<Extract<Placement, { kind: 'free' }>, 'windowId' | 'date'> {
    const day = localDateOf(range.start, target.rules.zone);
    const sessions = channelOccurrences(target.rules, addDays(day, -DAYS_BEFORE), day);
    const session = sessions.find((one) => contains(one, range));
    if (!session && ask.authorisedBy === null) throw new Error('a permitted placement lies in no session');
    const date = session?.date ?? day;
    const { campaign } = item;
    if (campaign && (date < campaign.from || date > campaign.until)) throw outsideCampaign(campaign);
    requireItemWithin(item, target.channel, date);
    return { windowId: session?.windowId ?? null, date };
  }

  private isOwn({ target, item }: PlacementContext): boolean {
    return item.script?.unitId === target.channel.unitId;
  }

  private met({ target, existing }: PlacementContext, ids: readonly string[], views: readonly SlotView[]): MetSlot[] {
    return ids.flatMap((id): MetSlot[] => {
      const view = views.find((one) => one.id === id);
      if (view) {
        const { startsAt, endsAt, title, state, version, role, bulletinClass, scriptUnitId } = view;
        const own = scriptUnitId === target.channel.unitId;
        return [{ id, startsAt, endsAt, title, state, version, role, bulletinClass, own }];
      }
      const kept = existing.find((one) => one.id === id);
      if (!kept) return [];
      const title = kept.role === 'opening' ? 'Mở đầu buổi phát' : 'Kết thúc buổi phát';
      const { start: startsAt, end: endsAt, state, role } = kept;
      return [{ id, startsAt, endsAt, title, state, version: 0, role, bulletinClass: 'normal', own: false }];
    });
  }

  /** The first start after the slots met at which the item fits within the permitted time; null when there is none. */
  private appendStart(context: PlacementContext, met: readonly MetSlot[]): Instant | null {
    let start = Math.max(...met.map(({ endsAt }) => endsAt));
    for (let step = 0; step < MAX_STEPS; step++) {
      const answer = this.check(context, { start, end: start + context.item.durationMs });
      if (answer.ok) return start;
      if (answer.reasons.some(({ code }) => code !== 'overlap')) return null;
      const meets = new Set(answer.reasons.flatMap((reason) => reason.meets));
      start = Math.max(...context.existing.filter(({ id }) => meets.has(id)).map(({ end }) => end));
    }
    return null;
  }
}
