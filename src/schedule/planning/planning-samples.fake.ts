import fc from 'fast-check';
import { addDays, daysBetween, instantOf, localTimeOf, weekdayOf, type TimeZone } from '../../shared/local-time.js';
import { overlaps, type TimeRange } from '../../shared/time-range.js';
import { plan } from './slot-planner.js';
import { priorityClasses, type PlanDemand, type PlanInput, type PlannedSlot } from './planning.types.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type {
  PlanChannel,
  Occurrence,
  HoursPolicy,
  DayOverride,
  WindowRule,
} from '../../channels/hours/hours.types.js';

/** Plain values for specs: one channel, one demand, and generators of small but difficult plans. */
export const everyDay = [1, 2, 3, 4, 5, 6, 7];

export const zones: TimeZone[] = ['Asia/Ho_Chi_Minh', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];

/** The days before: month end, 29 February, clock changes in New York and on Lord Howe, Tết, New Year. */
export const nastyDates = [
  '2026-08-30',
  '2028-02-28',
  '2026-03-07',
  '2026-10-31',
  '2026-04-04',
  '2026-10-03',
  '2027-02-05',
  '2026-12-31',
];

export function aChannel(change: Partial<PlanChannel> = {}): PlanChannel {
  const id = change.id ?? 'channel';
  return {
    id,
    zone: 'Asia/Ho_Chi_Minh',
    policy: { permitted: [{ from: '05:00', until: '21:00' }] },
    windows: [
      { id: `${id}-morning`, channelId: id, weekdays: everyDay, start: '05:30', minutes: 30 },
      { id: `${id}-evening`, channelId: id, weekdays: everyDay, start: '17:00', minutes: 30 },
    ],
    overrides: [],
    ...change,
  };
}

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

const localTime = (from: number, until: number) =>
  fc.integer({ min: from, max: until }).map((m) => {
    return `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
  });

/** Half of them just before midnight or around the hour of a clock change. */
const windowStart = fc.oneof(localTime(23 * 60, 23 * 60 + 59), localTime(60, 200), localTime(0, 1439));

const weekdays = fc.oneof(
  fc.constant(everyDay),
  fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
);

export const policies: fc.Arbitrary<HoursPolicy> = fc.oneof(
  fc.constant<HoursPolicy>({ permitted: [{ from: '00:00', until: '00:00' }] }),
  fc.record<HoursPolicy>(
    {
      permitted: fc.array(
        fc.record({ from: fc.oneof(localTime(0, 1439), localTime(60, 200)), until: localTime(0, 1439) }),
        { minLength: 1, maxLength: 2 },
      ),
      weekdays,
      sessionsPerDay: fc.integer({ min: 1, max: 2 }),
      minutesPerSession: fc.integer({ min: 5, max: 40 }),
    },
    { requiredKeys: ['permitted'] },
  ),
);

export const windowRules = (id: string, channelId: string): fc.Arbitrary<WindowRule> =>
  fc.record({
    id: fc.constant(id),
    channelId: fc.constant(channelId),
    weekdays,
    start: windowStart,
    minutes: fc.integer({ min: 3, max: 70 }),
  });

export const overridesOf = (windowId: string, dates: readonly string[]): fc.Arbitrary<DayOverride[]> =>
  fc.array(
    fc.record<DayOverride>(
      {
        windowId: fc.constant(windowId),
        date: fc.constantFrom(...dates),
        kind: fc.constantFrom('skip', 'move', 'special'),
        start: windowStart,
        minutes: fc.integer({ min: 3, max: 70 }),
      },
      { requiredKeys: ['windowId', 'date', 'kind'] },
    ),
    { maxLength: 2 },
  );

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

/** True when local clocks show a permitted time at `at`; written without the planner's arithmetic. */
export function clockPermits(policy: HoursPolicy, zone: TimeZone, at: number): boolean {
  const time = localTimeOf(at, zone);
  return policy.permitted.some(({ from, until }) =>
    from < until ? from <= time && time < until : from <= time || time < until,
  );
}

/** The occurrences of one window, day by day and minute by minute. */
export function naiveOccurrences(
  rule: WindowRule,
  overrides: readonly DayOverride[],
  policy: HoursPolicy,
  zone: TimeZone,
  from: string,
  until: string,
): Occurrence[] {
  const found: Occurrence[] = [];
  for (const date of daysBetween(from, until)) {
    const ofDay = overrides.filter((o) => o.windowId === rule.id && o.date === date);
    if (ofDay.some((o) => o.kind === 'skip')) continue;
    const special = quietest(ofDay.filter((o) => o.kind === 'special'));
    const moved = quietest(ofDay.filter((o) => o.kind === 'move'));
    const inSeason = (!rule.from || rule.from <= date) && (!rule.until || date <= rule.until);
    if (!special && !(inSeason && rule.weekdays.includes(weekdayOf(date)))) continue;
    if (!special && policy.weekdays && !policy.weekdays.includes(weekdayOf(date))) continue;
    const change = special ?? moved;
    const start = instantOf(date, change?.start ?? rule.start, zone);
    const minutes = change?.minutes ?? rule.minutes;
    let open: TimeRange | undefined;
    for (let minute = 0; minute < minutes; minute++) {
      const at = start + minute * 60_000;
      if (!clockPermits(policy, zone, at)) open = undefined;
      else if (open) open.end += 60_000;
      else {
        const session = { windowId: rule.id, channelId: rule.channelId, date, start: at, end: at + 60_000 };
        open = session;
        found.push(session);
      }
    }
  }
  const longest = (policy.minutesPerSession ?? Infinity) * 60_000;
  return found.map((session) => ({ ...session, end: Math.min(session.end, session.start + longest) }));
}

function quietest(overrides: DayOverride[]): DayOverride | undefined {
  const order = (o: DayOverride) => `${o.start ?? ''} ${String(o.minutes ?? 0).padStart(4, '0')}`;
  return overrides.sort((a, b) => (order(a) < order(b) ? -1 : 1))[0];
}
