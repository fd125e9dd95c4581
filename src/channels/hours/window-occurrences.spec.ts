import vm from 'node:vm';
import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { addDays, instantOf, localDateOf, localTimeOf } from '../../shared/local-time.js';
import {
  naiveOccurrences,
  overridesOf,
  windowRules,
  policies,
  aChannel,
  nastyDates,
  zones,
  everyDay,
} from './hours-samples.fake.js';
import type { HoursPolicy, DayOverride, WindowRule } from './hours.types.js';
import { channelOccurrences, occurrences } from './window-occurrences.js';
import { dateOfDay, dayNumberOf, minutesOf, weekdayOfDay, ZoneCalendar } from './zone-calendar.js';

const always: HoursPolicy = { permitted: [{ from: '00:00', until: '00:00' }] };
const rule = (change: Partial<WindowRule> = {}): WindowRule => {
  return { id: 'w', channelId: 'c', weekdays: everyDay, start: '05:30', minutes: 60, ...change };
};
const shown = (found: { start: number; end: number }[], zone: string) =>
  found.map(({ start, end }) => `${localDateOf(start, zone)} ${localTimeOf(start, zone)}–${localTimeOf(end, zone)}`);

describe('the calendar of a zone', () => {
  it('agrees with Temporal on every minute, also where clocks are changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones, 'Africa/Casablanca', 'Europe/London'),
        fc.constantFrom(...nastyDates),
        fc.integer({ min: -3, max: 4 }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, first, away, minute) => {
          const date = addDays(first, away);
          const calendar = new ZoneCalendar(zone, first, first);
          const time = new Date(minute * 60_000).toISOString().slice(11, 16);
          const at = calendar.at(dayNumberOf(date), minute);
          expect(at).toBe(instantOf(date, time, zone));
          expect(calendar.timeOf(at)).toBe(localTimeOf(at, zone));
          expect(dateOfDay(calendar.dayOf(at))).toBe(localDateOf(at, zone));
          expect(minutesOf(time)).toBe(minute);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('knows the weekday of any day and refuses days it was not made for', () => {
    expect(['2026-08-24', '2028-02-29', '2026-08-30'].map((date) => weekdayOfDay(dayNumberOf(date)))).toEqual([
      1, 2, 7,
    ]);
    expect(weekdayOfDay(dayNumberOf('1969-12-29'))).toBe(1);
    const calendar = new ZoneCalendar('UTC', '2026-08-24', '2026-08-24');
    expect(() => calendar.at(dayNumberOf('2026-10-01'), 0)).toThrow('outside this calendar');
  });
});

describe('occurrences', () => {
  const cases = fc.constantFrom(...nastyDates).chain((first) => {
    const dates = [0, 1, 2, 3].map((n) => addDays(first, n));
    const seasons = fc.record({ from: fc.constantFrom(...dates), until: fc.constantFrom('2028-12-31') });
    return fc.record({
      zone: fc.constantFrom(...zones),
      rule: fc
        .tuple(windowRules('w', 'c'), fc.option(seasons, { nil: {} }))
        .map(([r, season]) => ({ ...r, ...season })),
      overrides: overridesOf('w', dates),
      policy: policies,
      from: fc.constant(dates[0]!),
      until: fc.constant(dates[3]!),
    });
  });

  const agrees = (zone: string, r: WindowRule, o: DayOverride[], policy: HoursPolicy, from: string, until: string) =>
    expect(occurrences(r, o, policy, zone, from, until)).toEqual(naiveOccurrences(r, o, policy, zone, from, until));

  it('equal a walk day by day and minute by minute, over clock changes, midnight, month end and 29 February', () => {
    fc.assert(
      fc.property(cases, ({ zone, rule, overrides, policy, from, until }) => {
        agrees(zone, rule, overrides, policy, from, until);
      }),
      { numRuns: 1200 },
    );
  });

  it('are the same whatever zone the process runs in', () => {
    // The `process` of the test sandbox is a copy; only the real one changes the time zone of the engine.
    const real = vm.runInThisContext('process') as NodeJS.Process;
    const before = real.env.TZ;
    const hours: number[] = [];
    try {
      for (const zone of ['UTC', 'America/New_York', 'Asia/Ho_Chi_Minh']) {
        real.env.TZ = zone;
        hours.push(new Date(Date.UTC(2026, 0, 2)).getHours());
        const property = fc.property(cases, ({ zone, rule, overrides, policy, from, until }) => {
          agrees(zone, rule, overrides, policy, from, until);
        });
        fc.assert(property, { numRuns: 100, seed: 4 });
      }
    } finally {
      if (before === undefined) delete real.env.TZ;
      else real.env.TZ = before;
    }
    expect(hours).toEqual([0, 19, 7]);
  });

  it('are those of RFC 5545 where it has them; a session in a leapt hour is moved, not lost', () => {
    const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...nastyDates),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, from, weekdays, minute) => {
          const start = new Date(minute * 60_000).toISOString().slice(11, 16);
          const until = addDays(from, 13);
          const mine = occurrences(rule({ weekdays, start }), [], always, zone, from, until).map((o) => o.start);
          const series = new RRuleTemporal({
            freq: 'WEEKLY',
            byDay: weekdays.map((day) => names[day - 1]!),
            byHour: [Math.floor(minute / 60)],
            byMinute: [minute % 60],
            bySecond: [0],
            until: Temporal.ZonedDateTime.from(`${until}T23:59:59[${zone}]`),
            dtstart: Temporal.ZonedDateTime.from(`${from}T00:00:00[${zone}]`),
          });
          const theirs = series.all().map((at) => at.epochMilliseconds);
          const leapt = mine.filter((at) => localTimeOf(at, zone) !== start);
          expect(mine.filter((at) => !leapt.includes(at))).toEqual(theirs);
          expect(leapt.length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('run over midnight and belong to the day on which they open', () => {
    const found = occurrences(rule({ start: '23:30' }), [], always, 'Asia/Ho_Chi_Minh', '2028-02-28', '2028-02-29');
    expect(found.map(({ date }) => date)).toEqual(['2028-02-28', '2028-02-29']);
    expect(shown(found, 'Asia/Ho_Chi_Minh')).toEqual(['2028-02-28 23:30–00:30', '2028-02-29 23:30–00:30']);
  });

  it('last as long as they say when clocks are changed', () => {
    const found = occurrences(rule({ start: '01:30' }), [], always, 'America/New_York', '2026-03-08', '2026-03-08');
    expect(shown(found, 'America/New_York')).toEqual(['2026-03-08 01:30–03:30']);
    expect(found[0]!.end - found[0]!.start).toBe(3_600_000);
  });

  it('never sound outside the permitted hours, and quiet hours cut a window in two', () => {
    const policy = {
      permitted: [
        { from: '05:45', until: '06:00' },
        { from: '06:10', until: '21:00' },
      ],
    };
    const found = occurrences(rule(), [], policy, 'Asia/Ho_Chi_Minh', '2026-08-24', '2026-08-24');
    expect(shown(found, 'Asia/Ho_Chi_Minh')).toEqual(['2026-08-24 05:45–06:00', '2026-08-24 06:10–06:30']);
    expect(occurrences(rule(), [], { permitted: [] }, 'UTC', '2026-08-24', '2026-08-24')).toEqual([]);
  });

  it('one date is skipped, moved or made special without touching the series', () => {
    const weekdays = [1, 2, 3, 4, 5];
    const policy: HoursPolicy = { permitted: [{ from: '05:00', until: '21:00' }], weekdays };
    const overrides: DayOverride[] = [
      { windowId: 'w', date: '2026-08-25', kind: 'skip' },
      { windowId: 'w', date: '2026-08-26', kind: 'move', start: '06:00' },
      { windowId: 'w', date: '2026-08-29', kind: 'move', start: '06:00' },
      { windowId: 'w', date: '2026-08-30', kind: 'special', minutes: 15 },
    ];
    const found = occurrences(rule({ weekdays }), overrides, policy, 'Asia/Ho_Chi_Minh', '2026-08-24', '2026-08-30');
    expect(shown(found, 'Asia/Ho_Chi_Minh')).toEqual([
      '2026-08-24 05:30–06:30',
      '2026-08-26 06:00–07:00',
      '2026-08-27 05:30–06:30',
      '2026-08-28 05:30–06:30',
      '2026-08-30 05:30–05:45',
    ]);
  });

  it('the channel keeps its sessions a day and the minutes of each', () => {
    const id = 'channel';
    const noon: WindowRule = { id: 'noon', channelId: id, weekdays: [1], start: '11:30', minutes: 20 };
    const policy: HoursPolicy = { ...aChannel().policy, sessionsPerDay: 2, minutesPerSession: 15 };
    const channel = aChannel({ policy, windows: [...aChannel().windows, noon] });
    expect(shown(channelOccurrences(channel, '2026-08-24', '2026-08-24'), channel.zone)).toEqual([
      '2026-08-24 05:30–05:45',
      '2026-08-24 11:30–11:45',
    ]);
    const special = {
      ...channel,
      overrides: [{ windowId: 'channel-evening', date: '2026-08-24', kind: 'special' as const }],
    };
    expect(shown(channelOccurrences(special, '2026-08-24', '2026-08-24'), channel.zone)).toEqual([
      '2026-08-24 05:30–05:45',
      '2026-08-24 17:00–17:15',
    ]);
  });
});
