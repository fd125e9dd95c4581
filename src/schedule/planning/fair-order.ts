import type { Instant } from '../../shared/clock.js';
import type { DayUnit } from './day-solver.js';
import type { IntervalSet } from '../../channels/hours/interval-set.js';
import { priorityClasses, type PlanDemand } from './planning.types.js';

/** What one demand still needs on a day. */
export interface Want {
  demand: PlanDemand;
  /** Plays that already exist. */
  existing: number;
  /** Plays that the day owes; see `minimumOn`. */
  minimum: number;
  /** Starts of plays removed that day. */
  former: readonly Instant[];
  /** The hours that the demand prefers, as instants. */
  preferred?: IntervalSet;
}

/**
 * The plays of one day in fair order, from the existing number up to the minimum, or from there up to the maximum:
 * class by class, and within a class the campaigns take turns. The first turn changes with the day, so that a scarce
 * place rotates.
 */
export function fairOrder(wants: readonly Want[], day: number, part: 'minimum' | 'extra'): DayUnit[] {
  const order: DayUnit[] = [];
  for (const priority of priorityClasses) {
    const campaigns = new Map<string, { nth: number; unit: DayUnit }[]>();
    for (const { demand, existing, minimum: min, former, preferred } of wants) {
      if (demand.priority !== priority) continue;
      const max = demand.maxPlaysPerDay;
      const first = part === 'minimum' ? existing : Math.max(existing, min);
      const last = part === 'minimum' ? min : max;
      for (let nth = first; nth < last; nth++) {
        const queue = campaigns.get(demand.campaignId) ?? [];
        campaigns.set(demand.campaignId, queue);
        queue.push({ nth, unit: { demand, of: last, formerly: former[nth - existing], preferred } });
      }
    }
    order.push(...takingTurns([...campaigns.values()], day));
  }
  return order;
}

/** Wants arrive sorted by campaign and demand, and so are the queues. */
function takingTurns(queues: { nth: number; unit: DayUnit }[][], day: number): DayUnit[] {
  if (queues.length === 0) return [];
  const turn = ((day % queues.length) + queues.length) % queues.length;
  const rotated = [...queues.slice(turn), ...queues.slice(0, turn)];
  // The sort is stable: the demands of one campaign take turns as well.
  for (const queue of rotated) queue.sort((a, b) => a.nth - b.nth);
  const order: DayUnit[] = [];
  for (let round = 0; rotated.some((queue) => round < queue.length); round++) {
    for (const queue of rotated) if (round < queue.length) order.push(queue[round]!.unit);
  }
  return order;
}
