import vm from 'node:vm';
import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { addDays, daysBetween, instantOf, localDateOf, localTimeOf, weekdayOf } from '../shared/local-time.js';
import type { ChannelWindow } from './entities/channel-window.entity.js';
import type { Holiday } from './entities/holiday.entity.js';
import type { PermittedHours } from './hours/permitted-hours.js';
import type { Policy } from './entities/policy.entity.js';
import type { WindowOverride } from './entities/window-override.entity.js';
import { vietnameseHolidays } from './hours/vietnamese-holidays.js';
import { planChannelOf, specialDays } from './channel-law.js';
import { nastyDates, zones } from './hours/hours-samples.fake.js';
import type { Occurrence } from './hours/hours.types.js';
import { channelOccurrences } from './hours/window-occurrences.js';

/** The stored rules of a channel and the days to expand. */
interface Stored {
  zone: string;
  permitted: PermittedHours[];
  windows: ChannelWindow[];
  overrides: WindowOverride[];
  policies: Policy[];
  holidays: Holiday[];
  from: string;
  until: string;
}

const HOLIDAYS = [2026, 2027, 2028].flatMap((year) =>
  vietnameseHolidays(year).map((day): Holiday => ({
    id: day.ruleKey,
    ...day,
    source: 'x',
    active: true,
    createdAt: 0,
  })),
);
const show = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const time = (min: number, max: number) => fc.integer({ min, max }).map(show);
const wholeDay: PermittedHours[] = [{ from: '00:00', until: '00:00' }];
const noHours: PermittedHours[] = [];
const hours = fc.array(fc.record({ from: time(0, 1439), until: time(0, 1439) }), { minLength: 1, maxLength: 2 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });

/**
 * Two windows, some close to midnight or to a clock change, over four difficult days, with real holidays and one extra
 * day off.
 */
const cases = fc.constantFrom(...nastyDates).chain((first) => {
  const dates = [0, 1, 2, 3].map((n) => addDays(first, n));
  const day = fc.constantFrom(...dates);
  const windowOf = (id: string) =>
    fc.record({
      id: fc.constant(id),
      channelId: fc.constant('c'),
      name: fc.constant(id),
      weekdays,
      start: fc.oneof(time(0, 1439), time(1380, 1439), time(60, 200)),
      minutes: fc.integer({ min: 3, max: 70 }),
      from: orNull(day),
      until: fc.constantFrom(null, '2028-12-31'),
      rrule: orNull(
        fc.constantFrom(
          'FREQ=DAILY',
          'FREQ=MONTHLY;BYMONTHDAY=1,-1',
          'FREQ=MONTHLY;BYDAY=1SU,-1SA,1MO',
          'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29,6,7',
          'FREQ=WEEKLY;BYDAY=MO,WE,SA,SU',
        ),
      ),
      season: orNull(fc.constantFrom(['02-29', '04-05'], ['10-15', '02-28'], ['08-31', '08-31'], ['01-01', '12-31'])),
      holidays: fc.constantFrom('any' as const, 'any' as const, 'skip' as const, 'only' as const, 'flag-days' as const),
      active: fc.constant(true),
    });
  const overrides = fc.uniqueArray(
    fc.record({
      windowId: fc.constantFrom('a', 'b'),
      date: day,
      kind: fc.constantFrom('skip' as const, 'move' as const, 'special' as const),
      start: orNull(time(0, 1439)),
      minutes: orNull(fc.integer({ min: 3, max: 70 })),
    }),
    { maxLength: 3, selector: ({ windowId, date }) => `${windowId}|${date}` },
  );
  const policy = fc.record({
    permitted: fc.oneof(fc.constant(wholeDay), hours),
    quiet: fc.oneof(
      fc.constant(noHours),
      fc.array(fc.record({ from: time(0, 1439), until: time(0, 1439) }), { maxLength: 1 }),
    ),
    weekdays: orNull(weekdays),
    sessionsPerDay: orNull(fc.integer({ min: 1, max: 2 })),
    minutesPerSession: orNull(fc.integer({ min: 5, max: 40 })),
    holidays: fc.constantFrom('usual' as const, 'open' as const, 'silent' as const),
  });
  return fc
    .record({
      zone: fc.constantFrom(...zones),
      permitted: fc.oneof(fc.constant(wholeDay), hours),
      windows: fc.tuple(windowOf('a'), windowOf('b')),
      overrides,
      policies: fc.array(policy, { maxLength: 2 }),
      effective: fc.tuple(fc.constantFrom('2000-01-01', ...dates), day),
      extra: orNull(fc.record({ date: day, dayOff: fc.boolean(), flagDay: fc.boolean() })),
    })
    .map(({ windows, overrides, policies, effective, extra, ...rest }): Stored => {
      const starts = effective[0] === effective[1] ? [effective[0]] : effective;
      const fields = { name: 'x', source: null, createdAt: 0, createdBy: null };
      const more = { kind: 'local' as const, source: 'x', ruleKey: null, active: true, createdAt: 0 };
      return {
        ...rest,
        from: dates[0]!,
        until: dates.at(-1)!,
        windows: windows.map(({ season, ...window }) => ({
          ...window,
          seasonFrom: season?.[0] ?? null,
          seasonUntil: season?.[1] ?? null,
        })),
        overrides: overrides.map((one, n) => {
          return {
            id: `${n}`,
            title: null,
            reason: 'x',
            active: true,
            previousId: null,
            createdAt: 0,
            createdBy: null,
            ...one,
          };
        }),
        policies: policies.slice(0, starts.length).map((one, n) => ({
          id: `${n}`,
          placeId: 'u',
          unitKind: 'ward',
          effectiveFrom: starts[n]!,
          ...fields,
          ...one,
        })),
        holidays: [...HOLIDAYS, ...(extra ? [{ id: 'extra', name: 'x', ...extra, ...more }] : [])],
      };
    });
});

describe('the rules of a channel as stored', () => {
  const agrees = (stored: Stored) => {
    const { zone, permitted, windows, overrides, policies, holidays, from, until } = stored;
    const days = specialDays(holidays);
    const channel = planChannelOf({
      channel: { id: 'c', zone, permitted, closures: [] },
      windows,
      overrides,
      policies,
      days,
    });
    expect(channelOccurrences(channel, from, until)).toEqual(dayByDay(stored));
  };

  it('open when a walk day by day and minute by minute says so: midnight, month end, 29 February, Tết, changed clocks', () => {
    fc.assert(fc.property(cases, agrees), { numRuns: 800 });
  });

  it('and whatever zone the process runs in', () => {
    // The `process` of the test sandbox is a copy; only the real one changes the time zone of the engine.
    const real = vm.runInThisContext('process') as NodeJS.Process;
    const before = real.env.TZ;
    const seen: number[] = [];
    try {
      for (const zone of ['Asia/Ho_Chi_Minh', 'America/New_York', 'Pacific/Kiritimati']) {
        real.env.TZ = zone;
        seen.push(new Date(Date.UTC(2026, 0, 2)).getHours());
        fc.assert(fc.property(cases, agrees), { numRuns: 60, seed: 41 });
      }
    } finally {
      if (before === undefined) delete real.env.TZ;
      else real.env.TZ = before;
    }
    expect(seen).toEqual([7, 19, 14]);
  });

  it('the first mornings of Tết are silent where days off are skipped, in the calendar of Vietnam', () => {
    const window = { id: 'w', channelId: 'c', name: 'w', weekdays: [1, 2, 3, 4, 5, 6, 7], start: '05:30', minutes: 60 };
    const rest = { from: null, until: null, rrule: null, seasonFrom: null, seasonUntil: null, active: true };
    const channel = planChannelOf({
      channel: { id: 'c', zone: 'Asia/Ho_Chi_Minh', permitted: [{ from: '05:00', until: '21:00' }], closures: [] },
      windows: [{ ...window, ...rest, holidays: 'skip' }],
      overrides: [],
      policies: [],
      days: specialDays(HOLIDAYS),
    });
    const open = channelOccurrences(channel, '2027-02-03', '2027-02-11').map(({ date }) => date);
    expect(open).toEqual(['2027-02-03', '2027-02-04', '2027-02-10', '2027-02-11']);
  });
});

/** The same result computed day by day: no set, no interval, no compiled rule. */
function dayByDay({ zone, permitted, windows, overrides, policies, holidays, from, until }: Stored): Occurrence[] {
  const lawOn = (date: string) => {
    const inForce = policies.filter(({ effectiveFrom }) => effectiveFrom <= date);
    return inForce.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
  };
  const isOff = (date: string) => holidays.some((day) => day.date === date && day.dayOff);
  const isFlag = (date: string) => holidays.some((day) => day.date === date && day.flagDay);
  const shows = (list: readonly PermittedHours[], at: string) =>
    list.some((h) => (h.from < h.until ? h.from <= at && at < h.until : at >= h.from || at < h.until));
  const maySound = (at: number) => {
    const law = lawOn(localDateOf(at, zone));
    const clock = localTimeOf(at, zone);
    if (!shows(permitted, clock)) return false;
    return !law || (shows(law.permitted, clock) && !shows(law.quiet, clock));
  };
  const fires = (window: ChannelWindow, date: string) => {
    const { seasonFrom: a, seasonUntil: b } = window;
    const inYear = date.slice(5);
    if (!window.weekdays.includes(weekdayOf(date))) return false;
    if ((window.from && date < window.from) || (window.until && date > window.until)) return false;
    if (a && b && !(a <= b ? inYear >= a && inYear <= b : inYear >= a || inYear <= b)) return false;
    if (window.holidays === 'skip' && isOff(date)) return false;
    if (window.holidays === 'only' && !isOff(date)) return false;
    if (window.holidays === 'flag-days' && !isFlag(date)) return false;
    return window.rrule === null || named(window.rrule, window.from ?? '2024-01-01', date);
  };
  const found: Occurrence[] = [];
  for (const date of daysBetween(from, until)) {
    const law = lawOn(date);
    const specials: Occurrence[] = [];
    const others: Occurrence[] = [];
    for (const window of windows) {
      const change = overrides.find((one) => one.windowId === window.id && one.date === date);
      if (change?.kind === 'skip') continue;
      const special = change?.kind === 'special';
      if (!special && !fires(window, date)) continue;
      const weekdayHolds =
        !law?.weekdays ||
        law.weekdays.includes(weekdayOf(date)) ||
        (law.holidays === 'open' && (isOff(date) || isFlag(date)));
      if (!special && (!weekdayHolds || (law?.holidays === 'silent' && isOff(date)))) continue;
      const start = instantOf(date, change?.start ?? window.start, zone);
      let open: Occurrence | undefined;
      for (let minute = 0; minute < (change?.minutes ?? window.minutes); minute++) {
        const at = start + minute * 60_000;
        if (!maySound(at)) open = undefined;
        else if (open) open.end = at + 60_000;
        else {
          open = { windowId: window.id, channelId: 'c', date, start: at, end: at + 60_000 };
          (special ? specials : others).push(open);
        }
      }
    }
    const longest = (law?.minutesPerSession ?? 1440) * 60_000;
    const byStart = (a: Occurrence, b: Occurrence) => a.start - b.start || (a.windowId < b.windowId ? -1 : 1);
    const all = [...specials.sort(byStart), ...others.sort(byStart)].slice(0, law?.sessionsPerDay ?? Infinity);
    found.push(...all.sort(byStart).map((one) => ({ ...one, end: Math.min(one.end, one.start + longest) })));
  }
  return found;
}

function named(rrule: string, from: string, date: string): boolean {
  if (date < from) return false;
  const dtstart = Temporal.ZonedDateTime.from(`${from}T00:00:00[UTC]`);
  const series = new RRuleTemporal({ rruleString: `RRULE:${rrule};UNTIL=20290101T000000Z`, dtstart });
  const day = Temporal.ZonedDateTime.from(`${date}T00:00:00[UTC]`);
  return series.between(day, day, true).length > 0;
}
