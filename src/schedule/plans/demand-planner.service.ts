import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { addDays } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import type { Actor } from '../../people/access/actor.js';
import { type ChannelWithRules } from '../../channels/channels-with-rules.js';
import { lockChannels } from '../../channels/entities/lock-channels.js';
import { newSlot } from '../slots/new-slot.js';
import { type DateRange, withDemands } from '../demands/plan-request.js';
import type { SourcedDemand, Plan, PlannedSlot } from '../planning/planning.types.js';
import { plan } from '../planning/slot-planner.js';
import { DAYS_AROUND, GAP_MS } from '../slots/planning-distances.js';
import { type ClipScript, clipScripts } from '../demands/clip-scripts.js';
import { SessionBookends } from '../bookends/session-bookends.service.js';
import { SlotChanges, type TouchedSlot, touchedRow } from '../slots/slot-changes.js';
import { SlotWriter } from '../changes/slot-writer.service.js';
import type { ScriptPlays } from './plan-outcome.js';
import type { Slot } from '../slots/slot.entity.js';
import { storedSlots } from '../slots/slot-rows.js';

export interface DemandedPlan {
  demands: readonly SourcedDemand[];
  channels: readonly ChannelWithRules[];
  days: DateRange;
  fillToMax?: boolean;
}

export interface CarriedOut {
  made: Plan;
  involved: ChannelWithRules[];
  rows: Slot[];
  /** Planned plays that stay although the demands' obligations play them from another script: title and number. */
  others: ScriptPlays[];
  /** The removed plays by the title of their script. */
  removedOf: ScriptPlays[];
}

/** Runs the pure planner on demands and writes its answer. */
@Injectable()
export class DemandPlanner {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly bookends: SessionBookends,
    private readonly writer: SlotWriter,
  ) {}

  /** Adds the slots that the planner adds and cancels those that it removes. The caller closes the changes. */
  async plan(
    tx: EntityManager,
    actor: Actor,
    changes: SlotChanges,
    { demands, channels, days, fillToMax }: DemandedPlan,
  ): Promise<CarriedOut> {
    const involved = channels.filter(({ channel }) => demands.some((one) => one.channelIds.includes(channel.id)));
    const ids = involved.map(({ channel }) => channel.id);
    await lockChannels(tx, ids);
    const around = [addDays(days.from, -DAYS_AROUND), addDays(days.until, DAYS_AROUND)] as const;
    const stored = (await storedSlots(tx, ids, ...around)).filter(({ role }) => role === 'item');
    const scripts = await clipScripts(
      tx,
      stored.map(({ clipId }) => clipId),
    );
    const scriptOf = new Map([...scripts].map(([clipId, { scriptId }]) => [clipId, scriptId]));
    const assigned = withDemands(stored, demands, scriptOf);
    const settings = await this.bookends.settings(tx, involved);
    const made = plan({
      obligations: demands,
      channels: involved.map(({ rules }) => rules),
      existing: [...assigned, ...involved.flatMap((one) => this.bookends.reserved(one, settings, ...around))],
      now: this.clock.now(),
      lockMs: this.config.lockMs,
      gapMs: GAP_MS,
      horizon: days,
      fillToMax,
    });
    const rows = made.slots.map((slot) => this.row(slot, demands, actor));
    const byId = new Map(stored.map((slot) => [slot.id, slot]));
    const reasons = new Map<string, TouchedSlot[]>();
    for (const { slot, sentence } of made.removed) {
      const row = byId.get(slot.id);
      if (row) reasons.set(sentence.vi, [...(reasons.get(sentence.vi) ?? []), touchedRow(row)]);
    }
    for (const [reason, slots] of reasons) await this.writer.end(tx, changes, slots, 'cancelled', reason);
    await this.writer.add(tx, changes, rows);
    const obligations = new Set(demands.flatMap(({ obligationId }) => obligationId ?? []));
    const others = assigned.filter(
      ({ demandId, obligationId, state, date }) =>
        demandId === undefined &&
        obligationId !== null &&
        obligations.has(obligationId) &&
        state === 'planned' &&
        days.from <= date &&
        date <= days.until,
    );
    const removed = made.removed.map(({ slot }) => slot);
    return { made, involved, rows, others: byScript(others, scripts), removedOf: byScript(removed, scripts) };
  }

  private row(slot: PlannedSlot, demands: readonly SourcedDemand[], actor: Actor): Slot {
    const now = this.clock.now();
    const { key, channelId, windowId, date, campaignId, clipId, why } = slot;
    const obligationId = demands.find(({ id }) => id === slot.demandId)?.obligationId ?? null;
    const place = { channelId, windowId, date, startsAt: slot.start, endsAt: slot.end };
    const made = { why, createdAt: now, createdBy: actor.accountId };
    return newSlot({ id: newId(now), key, ...place, campaignId, obligationId, clipId, ...made });
  }
}

/** Plays by the title of their script, in the order of titles. */
function byScript(slots: readonly { clipId?: string }[], scripts: ReadonlyMap<string, ClipScript>): ScriptPlays[] {
  const plays = new Map<string, number>();
  for (const { clipId } of slots) {
    const title = scripts.get(clipId ?? '')?.title ?? '';
    plays.set(title, (plays.get(title) ?? 0) + 1);
  }
  return [...plays].map(([title, n]) => ({ title, plays: n })).sort((a, b) => a.title.localeCompare(b.title, 'vi'));
}
