import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Instant } from '../../shared/clock.js';
import type { TimeRange } from '../../shared/time-range.js';
import { Database } from '../../database/database.js';
import { type Actor } from '../../people/access/actor.js';
import { Audit, type AuditFact } from '../../people/audit/audit.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { placedSlot } from '../slots/slot-access.js';
import type { Placed } from './hand-placement.js';
import { MakeGoods } from '../changes/make-goods.service.js';
import { withDryRun } from '../slots/dry-run.js';
import { SlotChanges, touched } from '../slots/slot-changes.js';
import { type SlotItem } from '../slots/slot-content.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import { type Placement, PlacementFinder } from './placement-finder.service.js';
import { isOverlapRefusal } from './slot-refusals.js';
import { Slot } from '../slots/slot.entity.js';

export type FreePlace = Extract<Placement, { kind: 'free' }>;

/** The channel and the time that a transaction asks for, needed when the database refuses them. */
export interface WantedPlace {
  place?: { channelId: string; range: TimeRange };
}

/** The slot that takes a place. `authorisedBy` is the person responsible for an emergency, otherwise null. */
export interface PlacedBy {
  id: string;
  item: SlotItem;
  reason?: string;
  authorisedBy: string | null;
  channel: Channel;
}

/** Writes what a person placed or moved: replaces the slots that it overlaps, writes the audit, proposes make-goods. */
@Injectable()
export class PlacementWriter {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly finder: PlacementFinder,
    private readonly writer: SlotWriter,
    private readonly makeGoods: MakeGoods,
  ) {}

  /**
   * One transaction, rolled back after a dry run. An overlap that the database itself refuses becomes 409 `overlap`.
   */
  async run<T>(dryRun: boolean, work: (tx: EntityManager, wanted: WantedPlace) => Promise<T>): Promise<T> {
    const wanted: WantedPlace = {};
    try {
      return await withDryRun(this.database, dryRun, (tx) => work(tx, wanted));
    } catch (error) {
      if (!wanted.place || !isOverlapRefusal(error)) throw error;
      const { channelId, range } = wanted.place;
      throw (await this.finder.overlapAt(this.database.read(), channelId, range)) ?? error;
    }
  }

  /** Adds a slot to a free place. `fact` is the audit row. */
  async add(
    tx: EntityManager,
    actor: Actor,
    slot: Slot,
    place: FreePlace,
    by: PlacedBy,
    fact: AuditFact,
  ): Promise<Placed> {
    const changes = new SlotChanges();
    await this.replace(tx, actor, changes, place, by);
    await this.writer.add(tx, changes, [slot]);
    await this.audit.record(tx, actor, fact);
    return this.close(tx, changes, by.id, place);
  }

  /** Moves a stored slot to a free place. `factOf` makes the audit row of the moved slot. */
  async move(
    tx: EntityManager,
    actor: Actor,
    seen: Slot,
    place: FreePlace,
    by: PlacedBy,
    factOf: (moved: Slot) => AuditFact,
  ): Promise<Placed> {
    const changes = new SlotChanges();
    await this.replace(tx, actor, changes, place, by);
    const { channel, item, authorisedBy } = by;
    const change = {
      channelId: channel.id,
      ...placeColumns(place),
      clipId: item.columns.clipId,
      held: true,
      authorisedBy,
    };
    const moved = await this.writer.move(tx, changes, seen, change);
    await this.audit.record(tx, actor, factOf(moved));
    return this.close(tx, changes, by.id, place);
  }

  /** The slots in the way end as `replaced`. */
  private async replace(
    tx: EntityManager,
    actor: Actor,
    changes: SlotChanges,
    place: FreePlace,
    by: PlacedBy,
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
      const fact = { action: 'slot.replaced', entity: 'slot', entityId: id, unitId: by.channel.unitId };
      await this.audit.record(tx, actor, { ...fact, after: { by: by.id, reason: why } });
    }
  }

  private async close(tx: EntityManager, changes: SlotChanges, slotId: string, place: FreePlace): Promise<Placed> {
    // After the new slot is written: a make-good must not take its place.
    const replaced = place.replaces.map(({ id }) => id);
    if (replaced.length > 0) await this.makeGoods.raise(tx, changes, replaced);
    const difference = await this.writer.close(tx, changes);
    return { outcome: 'placed', slot: await placedSlot(tx, slotId), difference };
  }
}

/** The columns of a slot in a free place. */
export function placeColumns({ range, windowId, date }: FreePlace): {
  startsAt: Instant;
  endsAt: Instant;
  windowId: string | null;
  date: string;
} {
  return { startsAt: range.start, endsAt: range.end, windowId, date };
}
