import { planChannel } from './channel-planner.js';
import { explainShortfalls, explainUnknownChannel } from './plan-shortfalls.js';
import { requirePlanInput } from './plan-input.js';
import { priorityClasses, type Plan, type PlanDemand, type PlanInput } from './planning.types.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import { ZoneCalendars } from '../../channels/hours/zone-calendar.js';

/**
 * Plans slots from demands: slots to add, stored slots that stay or no longer match, and every unmet minimum with its
 * reason. The same input in any order gives the same plan; planning over the result adds nothing; a new demand moves no
 * stored slot. Plays are placed from `now + lockMs` on, emergencies too: an emergency that must interrupt is a
 * placement with an authoriser, not a plan. Throws `bad-…` for invalid input.
 */
export function plan(input: PlanInput): Plan {
  requirePlanInput(input);
  const { horizon, gapMs = 0, fillToMax = false } = input;
  const earliest = input.now + input.lockMs;
  const calendars = new ZoneCalendars(horizon.from, horizon.until);
  const demands = [...input.obligations].sort(byRight);
  const byId = new Map(demands.map((demand) => [demand.id, demand]));
  const demandsOf = grouped(demands, (demand) => new Set(demand.channelIds));
  const slotsOf = grouped([...input.existing].sort(byTime), (slot) => [slot.channelId]);
  const channels = new Map(input.channels.map((channel) => [channel.id, channel]));
  const whole: Plan = { slots: [], shortfalls: [], kept: [], removed: [] };
  for (const id of [...new Set([...channels.keys(), ...demandsOf.keys(), ...slotsOf.keys()])].sort()) {
    const channel = channels.get(id);
    const own = demandsOf.get(id) ?? [];
    const existing = slotsOf.get(id) ?? [];
    if (!channel) {
      append(whole.kept, existing);
      append(whole.shortfalls, explainUnknownChannel(id, own, existing, horizon));
      continue;
    }
    const calendar = calendars.of(channel.zone);
    const part = planChannel({
      channel,
      calendar,
      horizon,
      byId,
      demands: own,
      existing,
      earliest,
      lockMs: input.lockMs,
      gapMs,
      fillToMax,
    });
    append(whole.slots, part.planned);
    append(whole.kept, part.kept);
    append(whole.removed, part.removed);
    append(whole.shortfalls, explainShortfalls({ ...part, channel, calendar, demands: byId, earliest, gapMs }));
  }
  return whole;
}

function byRight(a: PlanDemand, b: PlanDemand): number {
  return (
    priorityClasses.indexOf(a.priority) - priorityClasses.indexOf(b.priority) ||
    compare(a.campaignId, b.campaignId) ||
    compare(a.id, b.id)
  );
}

function byTime(a: ExistingSlot, b: ExistingSlot): number {
  return a.start - b.start || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function grouped<T>(things: readonly T[], keysOf: (thing: T) => Iterable<string>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    for (const key of keysOf(thing)) {
      const group = groups.get(key);
      if (group) group.push(thing);
      else groups.set(key, [thing]);
    }
  }
  return groups;
}

/** Not `push(...more)`: a province's plan has more slots than a call may have arguments. */
function append<T>(to: T[], more: readonly T[]): void {
  for (const thing of more) to.push(thing);
}
