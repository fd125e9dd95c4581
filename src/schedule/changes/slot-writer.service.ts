import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DomainError } from '../../shared/domain-error.js';
import type { LocalDate } from '../../shared/local-time.js';
import { Events } from '../../database/events.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { channelsWithRules } from '../../channels/channels-with-rules.js';
import { Shortfalls } from '../demands/shortfalls.service.js';
import { SlotCancelled, SlotMoved, SlotPlaced, SlotReplaced } from '../slots/slot.events.js';
import { SessionBookends } from '../bookends/session-bookends.service.js';
import { SlotChanges, touched, type TouchedSlot } from '../slots/slot-changes.js';
import {
  type Difference,
  difference,
  pairMoved,
  slotPlaceOf,
  type SlotBrief,
  DIFFERENCE_LIMIT,
} from '../slots/slot-difference.js';
import { Slot } from '../slots/slot.entity.js';
import { byChannel, endPlannedSlots, insertSlots } from '../slots/slot-rows.js';
import { slotViews } from '../slots/slot-view.js';

/** The columns that a move may change. */
export type SlotMove = Partial<
  Pick<
    Slot,
    | 'channelId'
    | 'windowId'
    | 'date'
    | 'startsAt'
    | 'endsAt'
    | 'clipId'
    | 'held'
    | 'authorisedBy'
    | 'startRule'
    | 'waitSeconds'
  >
>;

/**
 * Writes changes of slots and collects them in `changes`. The caller has decided and has locked the channels. `close`
 * places the bookends, publishes one event for each channel and kind of change, and returns the difference.
 */
@Injectable()
export class SlotWriter {
  constructor(
    private readonly events: Events,
    private readonly bookends: SessionBookends,
    private readonly shortfalls: Shortfalls,
  ) {}

  async add(tx: EntityManager, changes: SlotChanges, rows: readonly Slot[]): Promise<void> {
    for (const { channelId, dates } of byChannel(rows)) await this.bookends.lift(tx, channelId, dates);
    await insertSlots(tx, rows);
    changes.added.push(...rows.map(touched));
  }

  /** Ends slots that are still planned. Throws `illegal-move` (409) when one of them no longer is. */
  async end(
    tx: EntityManager,
    changes: SlotChanges,
    slots: readonly TouchedSlot[],
    state: 'cancelled' | 'replaced',
    reason: string,
    replacedBy: string | null = null,
  ): Promise<void> {
    const ids = slots.map(({ id }) => id);
    if ((await endPlannedSlots(tx, ids, state, reason, replacedBy)) !== ids.length) throw slotChanged();
    changes.removed.push(...slots.map((slot) => ({ ...slot, state, reason })));
  }

  /** Moves the slot from the version `seen`; throws `stale` (412) when it has changed. */
  async move(tx: EntityManager, changes: SlotChanges, seen: Slot, change: SlotMove): Promise<Slot> {
    const after: Slot = { ...seen, ...change, version: seen.version + 1 };
    for (const one of [seen, after]) await this.bookends.lift(tx, one.channelId, [one.date]);
    const done = await tx.update(
      Slot,
      { id: seen.id, state: 'planned', version: seen.version },
      { ...change, version: after.version },
    );
    if (done.affected !== 1) throw slotChanged();
    changes.moved.push({ before: touched(seen), after: touched(after) });
    return after;
  }

  /** Completes a change. `explain`: whether the difference counts the shortfalls on the days touched. */
  async close(tx: EntityManager, changes: SlotChanges, explain = true): Promise<Difference> {
    if (changes.isEmpty) return difference({ added: [], removed: [], moved: [], shortfalls: [] });
    await this.settleBookends(tx, changes);
    await this.publish(tx, changes);
    const shortfalls = explain ? await this.shortfalls.after(tx, changes) : [];
    return {
      ...(await this.describe(tx, changes)),
      shortfalls: shortfalls.slice(0, DIFFERENCE_LIMIT),
      shortfallsTotal: shortfalls.length,
    };
  }

  /** Places the bookends of these days again after a setting or rule changed, without a change of items. */
  async refresh(tx: EntityManager, channelId: string, dates: readonly LocalDate[]): Promise<void> {
    const [channel] = await channelsWithRules(tx, { ids: [channelId] });
    await this.bookends.lift(tx, channelId, dates);
    if (!channel) return;
    await this.bookends.settle(tx, channel, await this.bookends.settings(tx, [channel]), dates);
    await this.events.publish(tx, new SlotMoved([], channelId, dates));
  }

  private async settleBookends(tx: EntityManager, changes: SlotChanges): Promise<void> {
    const channels = await channelsWithRules(tx, { ids: changes.channelIds });
    const settings = await this.bookends.settings(tx, channels);
    for (const channelId of changes.channelIds) {
      const dates = changes.datesOf(channelId);
      await this.bookends.lift(tx, channelId, dates);
      const channel = channels.find((one) => one.channel.id === channelId);
      if (channel) await this.bookends.settle(tx, channel, settings, dates);
    }
  }

  private async publish(tx: EntityManager, changes: SlotChanges): Promise<void> {
    const ended = (state: string) => byChannel(changes.removed.filter((slot) => slot.state === state));
    for (const one of ended('cancelled'))
      await this.events.publish(tx, new SlotCancelled(one.slotIds, one.channelId, one.dates));
    for (const one of ended('replaced'))
      await this.events.publish(tx, new SlotReplaced(one.slotIds, one.channelId, one.dates));
    for (const one of byChannel(changes.added)) {
      await this.events.publish(tx, new SlotPlaced(one.slotIds, one.channelId, one.dates));
    }
    // When a slot changed its channel, both channels get the event.
    for (const one of byChannel(changes.moved.flatMap(({ before, after }) => [before, after]))) {
      await this.events.publish(tx, new SlotMoved([...new Set(one.slotIds)], one.channelId, one.dates));
    }
  }

  private async describe(tx: EntityManager, changes: SlotChanges): Promise<Difference> {
    const codes = new Map<string, string>();
    for (const { id, code } of await tx.find(Channel, { where: { id: In(changes.channelIds) } })) codes.set(id, code);
    const brief = ({ id, channelId, date, startsAt, endsAt }: TouchedSlot): SlotBrief => {
      const channelCode = codes.get(channelId) ?? '';
      return { slotId: id, channelCode, date, startsAt, endsAt, title: '', kind: 'clip' };
    };
    const paired = pairMoved(
      changes.removed.map((one) => ({ ...one, slot: brief(one) })),
      changes.added.map((one) => ({ play: one.play, slot: brief(one) })),
    );
    const result = difference({
      added: paired.added.map(({ slot }) => slot),
      removed: paired.removed.map(({ slot, state, reason }) => ({ ...slot, state, reason })),
      moved: [
        ...changes.moved.map(({ before, after }) => ({
          slotId: after.id,
          title: '',
          before: slotPlaceOf(brief(before)),
          after: slotPlaceOf(brief(after)),
        })),
        ...paired.moved,
      ],
      shortfalls: [],
    });
    return this.withTitles(tx, result);
  }

  /** Titles are read for the slots shown, not for a whole province. */
  private async withTitles(tx: EntityManager, result: Difference): Promise<Difference> {
    const ids = [...result.added, ...result.removed, ...result.moved].map(({ slotId }) => slotId);
    const titles = new Map<string, { title: string; kind: SlotBrief['kind'] }>();
    for (let at = 0; at < ids.length; at += DIFFERENCE_LIMIT) {
      for (const { id, title, kind } of await slotViews(tx, { ids: ids.slice(at, at + DIFFERENCE_LIMIT) }))
        titles.set(id, { title, kind });
    }
    const name = <T extends { slotId: string; title: string }>(one: T): T => ({ ...one, ...titles.get(one.slotId) });
    return {
      ...result,
      added: result.added.map(name),
      removed: result.removed.map(name),
      moved: result.moved.map((one) => ({ ...one, title: titles.get(one.slotId)?.title ?? '' })),
    };
  }
}

export function slotChanged(): DomainError {
  return new DomainError('conflict', 'illegal-move', {
    vi: 'Lượt phát vừa được người khác xử lý. Xin tải lại trang.',
    en: 'Somebody else has just changed this slot. Reload.',
  });
}
