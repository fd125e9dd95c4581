import fc from 'fast-check';
import { daysBetween, instantOf, localTimeOf, type TimeZone, weekdayOf } from '../../shared/local-time.js';
import type { TimeRange } from '../../shared/time-range.js';
import type { DayOverride, HoursPolicy, Occurrence, PlanChannel, WindowRule } from './hours.types.js';

// Values for specs of hours: a channel, and generators of windows, overrides and policies on difficult days.

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

export const localTime = (from: number, until: number) =>
  fc.integer({ min: from, max: until }).map((m) => {
    return `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
  });

/** Half of them just before midnight or around the hour of a clock change. */
export const windowStart = fc.oneof(localTime(23 * 60, 23 * 60 + 59), localTime(60, 200), localTime(0, 1439));
export const weekdays = fc.oneof(
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
      const at = start + minute * 60000;
      if (!clockPermits(policy, zone, at)) open = undefined;
      else if (open) open.end += 60000;
      else {
        const session = { windowId: rule.id, channelId: rule.channelId, date, start: at, end: at + 60000 };
        open = session;
        found.push(session);
      }
    }
  }
  const longest = (policy.minutesPerSession ?? Infinity) * 60000;
  return found.map((session) => ({ ...session, end: Math.min(session.end, session.start + longest) }));
}

export function quietest(overrides: DayOverride[]): DayOverride | undefined {
  const order = (o: DayOverride) => `${o.start ?? ''} ${String(o.minutes ?? 0).padStart(4, '0')}`;
  return overrides.sort((a, b) => (order(a) < order(b) ? -1 : 1))[0];
}
