import type { Instant } from '../../shared/clock.js';
import { type DayPlacement, type DayWindow, solveDay } from './day-solver.js';
import type { IntervalSet } from '../../channels/hours/interval-set.js';
import { fairOrder, type Want } from './fair-order.js';
import { whySentence } from './plan-sentences.js';
import { slotKey, PlayCounter } from './play-counter.js';
import { reconcileExisting, wantsDay } from './reconcile-existing.js';
import { minimumOn } from './possible-plays.js';
import type { PlanDemand, PlannedSlot, RemovedSlot } from './planning.types.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { TimeRange } from '../../shared/time-range.js';
import { takesTime } from '../slots/slot.transitions.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { permittedHours } from '../../channels/hours/policy-hours.js';
import { type ChannelDay, channelDays } from '../../channels/hours/window-occurrences.js';
import { occupied } from './window-packing.js';
import { weekdayOfDay, type ZoneCalendar } from '../../channels/hours/zone-calendar.js';

/** An unmet minimum, before its reason is known. */
export interface Missing {
  demand: PlanDemand;
  day: ChannelDay;
  /** The minimum of that day; see `minimumOn`. */
  wanted: number;
  placed: number;
}

export interface ChannelPlanInput {
  channel: PlanChannel;
  calendar: ZoneCalendar;
  horizon: { from: string; until: string };
  /** All demands of the plan by id; `demands` are those of this channel, in fair order. */
  byId: ReadonlyMap<string, PlanDemand>;
  demands: readonly PlanDemand[];
  /** Stored slots of this channel by start. */
  existing: readonly ExistingSlot[];
  /** The first instant at which a play may be placed. */
  earliest: Instant;
  lockMs: number;
  gapMs: number;
  fillToMax: boolean;
}

export interface ChannelPlan {
  planned: PlannedSlot[];
  missing: Missing[];
  kept: ExistingSlot[];
  removed: RemovedSlot[];
}

/** Plans one channel day by day; channels are independent of each other. */
export function planChannel(input: ChannelPlanInput): ChannelPlan {
  const { channel, calendar, horizon, earliest, gapMs, demands } = input;
  const days = channelDays(channel, calendar, horizon.from, horizon.until);
  const { kept, removed } = reconcileExisting(
    input.existing,
    new Map(days.map((d) => [d.date, d])),
    input.byId,
    earliest,
  );
  const tally = new PlayCounter(channel.id, input.existing, kept);
  const openings = freeOpenings(days, occupied(kept), earliest, gapMs);
  const preferred = preferredHours(demands, calendar);
  const sounding = byDate(kept.filter((slot) => slot.clipId !== undefined && takesTime(slot.state)));
  const result: ChannelPlan = { planned: [], missing: [], kept, removed };
  days.forEach((day, index) => {
    const weekday = weekdayOfDay(day.day);
    const wants = demands
      .filter((demand) => wantsDay(demand, day.date, weekday))
      .map((demand) => ({ ...wantOf(demand, day, tally, input, removed), preferred: preferred.get(demand.id) }));
    if (wants.length === 0) return;
    const windows = openings[index]!.map((opening) => ({
      ...opening,
      plays: playsIn(opening, wants, day, tally),
      sounds: soundsIn(opening, sounding.get(day.date) ?? []),
    }));
    const extra = input.fillToMax ? fairOrder(wants, day.day, 'extra') : [];
    const placed = solveDay(windows, fairOrder(wants, day.day, 'minimum'), extra, gapMs);
    const counts = new Map<string, number>();
    for (const placement of placed) {
      const { id } = placement.unit.demand;
      const before = counts.get(id) ?? 0;
      counts.set(id, before + 1);
      result.planned.push(slotOf(placement, before, tally, input));
    }
    for (const { demand, existing, minimum: wanted } of wants) {
      const has = existing + (counts.get(demand.id) ?? 0);
      if (has < wanted) result.missing.push({ demand, day, wanted, placed: has });
    }
  });
  return result;
}

/** By demand id; only demands that prefer some hours. */
function preferredHours(demands: readonly PlanDemand[], calendar: ZoneCalendar): Map<string, IntervalSet> {
  const hours = new Map<string, IntervalSet>();
  for (const { id, preferred = [] } of demands) {
    if (preferred.length > 0) hours.set(id, permittedHours({ permitted: preferred }, calendar));
  }
  return hours;
}

type Opening = Pick<DayWindow, 'occurrence' | 'holes'>;

/**
 * The free stretches of each day. When windows overlap or touch, the earlier one gets the common time, so each day is
 * independent.
 */
function freeOpenings(days: readonly ChannelDay[], taken: IntervalSet, earliest: Instant, gapMs: number): Opening[][] {
  let lastEnd = -Infinity;
  return days.map(({ sessions }) => {
    const openings: Opening[] = [];
    for (const occurrence of sessions) {
      const start = Math.max(occurrence.start, lastEnd + gapMs, earliest);
      lastEnd = Math.max(lastEnd, occurrence.end);
      if (start >= occurrence.end) continue;
      const holes = taken.holes({ start, end: occurrence.end }, gapMs);
      if (holes.length > 0) openings.push({ occurrence, holes });
    }
    return openings;
  });
}

function wantOf(
  demand: PlanDemand,
  day: ChannelDay,
  tally: PlayCounter,
  { lockMs, gapMs }: ChannelPlanInput,
  removed: readonly RemovedSlot[],
): Want {
  const former =
    removed.length === 0
      ? []
      : removed
          .filter(({ slot }) => slot.demandId === demand.id && slot.date === day.date)
          .map(({ slot }) => slot.start);
  const existing = tally.of(demand.id, day.date).plays.length;
  return { demand, existing, minimum: minimumOn(demand, day, { lockMs, gapMs, existing }), former };
}

function playsIn(opening: Opening, wants: readonly Want[], day: ChannelDay, tally: PlayCounter): Map<string, number> {
  const { start, end } = opening.occurrence;
  const plays = new Map<string, number>();
  for (const { demand, existing } of wants) {
    if (existing === 0) continue;
    const here = tally.of(demand.id, day.date).plays.filter((slot) => start <= slot.start && slot.start < end);
    plays.set(demand.id, here.length);
  }
  return plays;
}

function byDate(slots: readonly ExistingSlot[]): Map<string, ExistingSlot[]> {
  const days = new Map<string, ExistingSlot[]>();
  for (const slot of slots) {
    const day = days.get(slot.date);
    if (day) day.push(slot);
    else days.set(slot.date, [slot]);
  }
  return days;
}

function soundsIn({ occurrence }: Opening, slots: readonly ExistingSlot[]): Map<string, TimeRange[]> {
  const sounds = new Map<string, TimeRange[]>();
  for (const { clipId = '', start, end } of slots) {
    if (end <= occurrence.start || start >= occurrence.end) continue;
    sounds.set(clipId, [...(sounds.get(clipId) ?? []), { start, end }]);
  }
  return sounds;
}

function slotOf(placement: DayPlacement, before: number, tally: PlayCounter, input: ChannelPlanInput): PlannedSlot {
  const { unit, window, start, end, how } = placement;
  const { id, campaignId, clipId, priority } = unit.demand;
  const { windowId, date, start: opens } = window.occurrence;
  const { plays, lastNumber } = tally.of(id, date);
  const nth = before + 1;
  const windowTime = input.calendar.timeOf(opens);
  return {
    key: slotKey(id, input.channel.id, date, lastNumber + nth),
    channelId: input.channel.id,
    windowId,
    date,
    start,
    end,
    demandId: id,
    campaignId,
    clipId,
    why: whySentence({
      nth: plays.length + nth,
      of: Math.max(unit.of, plays.length + nth),
      date,
      windowTime,
      priority,
      how,
    }),
  };
}
