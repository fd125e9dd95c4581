import type { Instant } from '../../shared/clock.js';
import { contains } from '../../shared/time-range.js';
import { removalSentence } from './plan-sentences.js';
import type { PlanDemand, RemovalCode, RemovedSlot } from './planning.types.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { ChannelDay } from '../../channels/hours/window-occurrences.js';
import { dayNumberOf, weekdayOfDay } from '../../channels/hours/zone-calendar.js';

/** True when a demand wants plays on that local day. */
export function wantsDay(demand: PlanDemand, date: string, weekday: number): boolean {
  return (
    demand.from <= date && date <= demand.until && (demand.weekdays === undefined || demand.weekdays.includes(weekday))
  );
}

/**
 * True when a stored slot counts as a play of its day. A missed or replaced slot counts: a make-good compensates it,
 * not a second plan.
 */
export function countsAsPlay(slot: ExistingSlot): boolean {
  return slot.makeGoodFor === undefined && slot.state !== 'cancelled';
}

/**
 * Separates the slots of one channel that stay from those that no longer match their demand. Only slots of the given
 * demands and days are checked. Slots that aired, locked slots, make-goods and slots that begin before `earliest`
 * always stay.
 */
export function reconcileExisting(
  slots: readonly ExistingSlot[],
  days: ReadonlyMap<string, ChannelDay>,
  demands: ReadonlyMap<string, PlanDemand>,
  earliest: Instant,
): { kept: ExistingSlot[]; removed: RemovedSlot[] } {
  const removed: RemovedSlot[] = [];
  const remove = (slot: ExistingSlot, code: RemovalCode) =>
    removed.push({ slot, code, sentence: removalSentence(code) });
  const plays = new Map<string, number>();
  const movable: { slot: ExistingSlot; demand: PlanDemand }[] = [];
  for (const slot of slots) {
    const demand = slot.demandId === undefined ? undefined : demands.get(slot.demandId);
    if (!demand || !days.has(slot.date) || !countsAsPlay(slot)) continue;
    if (slot.state !== 'planned' || slot.locked || slot.start < earliest) {
      plays.set(`${demand.id}|${slot.date}`, (plays.get(`${demand.id}|${slot.date}`) ?? 0) + 1);
    } else {
      movable.push({ slot, demand });
    }
  }
  // Slots arrive sorted by start, so those above a lowered maximum are the last of the day.
  for (const { slot, demand } of movable) {
    const key = `${demand.id}|${slot.date}`;
    const count = plays.get(key) ?? 0;
    const code = objection(slot, demand, days.get(slot.date)) ?? (count >= demand.maxPlaysPerDay && 'over-maximum');
    if (code) remove(slot, code);
    else plays.set(key, count + 1);
  }
  const gone = new Set(removed.map(({ slot }) => slot));
  return { kept: gone.size === 0 ? [...slots] : slots.filter((slot) => !gone.has(slot)), removed };
}

function objection(slot: ExistingSlot, demand: PlanDemand, day: ChannelDay | undefined): RemovalCode | undefined {
  const weekday = weekdayOfDay(dayNumberOf(slot.date));
  if (!demand.channelIds.includes(slot.channelId) || !wantsDay(demand, slot.date, weekday)) return 'not-wanted';
  if (slot.clipId !== undefined && slot.clipId !== demand.clipId) return 'clip-changed';
  if (slot.end - slot.start !== demand.durationMs) return 'length-changed';
  if (!day?.sessions.some((session) => contains(session, slot))) return 'window-gone';
  return undefined;
}
