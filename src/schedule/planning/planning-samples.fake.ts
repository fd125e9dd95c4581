import fc from 'fast-check';
import { addDays, instantOf } from '../../shared/local-time.js';
import { overlaps } from '../../shared/time-range.js';
import { plan } from './slot-planner.js';
import { priorityClasses, type PlanDemand, type PlanInput, type PlannedSlot } from './planning.types.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import {
  aChannel,
  nastyDates,
  overridesOf,
  policies,
  windowRules,
  zones,
  weekdays,
} from '../../channels/hours/hours-samples.fake.js';

export function aDemand(change: Partial<PlanDemand> = {}): PlanDemand {
  const id = change.id ?? 'demand';
  return {
    id,
    campaignId: `campaign of ${id}`,
    clipId: `clip of ${id}`,
    durationMs: 120_000,
    priority: 'normal',
    minPlaysPerDay: 2,
    maxPlaysPerDay: 3,
    from: '2026-08-24',
    until: '2026-08-31',
    channelIds: ['channel'],
    ...change,
  };
}

export function aPlanInput(change: Partial<PlanInput> = {}): PlanInput {
  return {
    obligations: [aDemand()],
    channels: [aChannel()],
    existing: [],
    now: instantOf('2026-08-20', '08:00', 'Asia/Ho_Chi_Minh'),
    lockMs: 600_000,
    horizon: { from: '2026-08-24', until: '2026-08-24' },
    ...change,
  };
}

/** The stored form of planned slots. */
export function stored(slots: readonly PlannedSlot[]): ExistingSlot[] {
  return slots.map(({ key, channelId, date, start, end, demandId, clipId }) => {
    return { id: key, key, channelId, date, start, end, demandId, clipId, state: 'planned' };
  });
}

const channelsOf = (id: string, dates: readonly string[]): fc.Arbitrary<PlanChannel> =>
  fc
    .tuple(
      fc.constantFrom(...zones),
      policies,
      windowRules(`${id}-a`, id),
      windowRules(`${id}-b`, id),
      overridesOf(`${id}-a`, dates),
      fc.integer({ min: 1, max: 2 }),
    )
    .map(([zone, policy, a, b, overrides, count]) => ({
      id,
      zone,
      policy,
      windows: [a, b].slice(0, count),
      overrides,
    }));

const demandsOf = (id: string, dates: readonly string[]): fc.Arbitrary<PlanDemand> =>
  fc
    .record({
      campaign: fc.constantFrom('k1', 'k2', 'k3'),
      durationMs: fc.oneof(fc.integer({ min: 20_000, max: 900_000 }), fc.constantFrom(60_000, 300_000, 600_000)),
      priority: fc.constantFrom(...priorityClasses),
      min: fc.integer({ min: 0, max: 4 }),
      more: fc.integer({ min: 0, max: 2 }),
      from: fc.constantFrom(...dates),
      days: fc.integer({ min: 0, max: 2 }),
      weekdays,
      channelIds: fc.constantFrom(['c1'], ['c2', 'c1'], ['c1', 'gone']),
      spread: fc.constantFrom<'even' | 'earliest' | undefined>('even', 'earliest', undefined),
    })
    .map(({ campaign, min, more, from, days, ...rest }) => {
      const until = dates[Math.min(dates.indexOf(from) + days, dates.length - 1)]!;
      const plays = { minPlaysPerDay: min, maxPlaysPerDay: min + more };
      return { id, campaignId: campaign, clipId: `clip-${id}`, from, until, ...plays, ...rest };
    });

/**
 * Small plans over three days: two channels, up to four demands, slots of earlier plans in every state, slots of other
 * demands.
 */
export const planInputs: fc.Arbitrary<PlanInput> = fc.constantFrom(...nastyDates).chain((first) => {
  const dates = [0, 1, 2].map((days) => addDays(first, days));
  return fc
    .record({
      channels: fc.tuple(channelsOf('c1', dates), channelsOf('c2', dates)),
      demands: fc.tuple(...['d1', 'd2', 'd3', 'd4'].map((id) => demandsOf(id, dates))),
      count: fc.integer({ min: 1, max: 4 }),
      earlier: fc.integer({ min: 0, max: 3 }),
      states: fc.array(fc.constantFrom('planned', 'planned', 'played', 'missed', 'replaced', 'cancelled', 'locked')),
      strangers: fc.array(
        fc.record({ at: fc.integer({ min: 0, max: 4320 }), minutes: fc.integer({ min: 1, max: 20 }) }),
      ),
      now: fc.integer({ min: -1440, max: 2880 }),
      gapMs: fc.constantFrom(0, 0, 2_000, 15_000),
      lockMs: fc.constantFrom(0, 600_000),
      fillToMax: fc.boolean(),
    })
    .map(({ channels, demands, count, earlier, states, strangers, now, gapMs, lockMs, fillToMax }) => {
      const start = instantOf(first, '00:00', channels[0].zone);
      const horizon = { from: dates[0]!, until: dates.at(-1)! };
      const base = { channels, horizon, gapMs, lockMs, fillToMax, existing: [], now: start - 86_400_000 * 2 };
      const before = stored(plan({ ...base, obligations: demands.slice(4 - earlier) }).slots).map((slot, i) => {
        const state = states[i % Math.max(states.length, 1)] ?? 'planned';
        return { ...slot, ...(state === 'locked' ? { locked: true } : { state }) } as ExistingSlot;
      });
      const existing = [...before];
      strangers.forEach(({ at, minutes }, i) => {
        const range = { start: start + at * 60_000, end: start + (at + minutes) * 60_000 };
        const stranger: ExistingSlot = {
          id: `stranger-${i}`,
          channelId: 'c1',
          date: first,
          state: 'planned',
          ...range,
        };
        if (!existing.some((slot) => slot.channelId === 'c1' && overlaps(slot, range))) existing.push(stranger);
      });
      return { ...base, existing, obligations: demands.slice(0, count), now: start + now * 60_000 };
    });
});
