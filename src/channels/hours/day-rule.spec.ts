import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { addDays, daysBetween } from '../../shared/local-time.js';
import { namesDay, parseDayRule } from './day-rule.js';
import { isInSeason, leavesDay } from './window-days.js';

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const list = (arbitrary: fc.Arbitrary<string>) => fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3 });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const numbers = (...ranges: [number, number][]) =>
  fc.oneof(...ranges.map(([min, max]) => fc.integer({ min, max }).map(String)));

/** Rules as people and calendar programs write them, with the day from which they count. */
const rules = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: optional(fc.integer({ min: 1, max: 5 })),
    weekdays: optional(list(fc.constantFrom(...codes))),
    nth: optional(fc.constantFrom(1, 2, 4, 5, -1, -2)),
    monthDays: optional(list(numbers([1, 31], [-31, -1]))),
    months: optional(list(numbers([1, 12]))),
    from: fc.constantFrom('2024-02-29', '2026-08-31', '2027-02-05', '2026-12-31', '2028-02-28', '2026-11-24'),
  })
  .map(({ freq, interval, weekdays, nth, monthDays, months, from }) => {
    const numbered = nth !== undefined && (freq === 'MONTHLY' || (freq === 'YEARLY' && months));
    const parts = [
      `FREQ=${freq}`,
      interval && `INTERVAL=${interval}`,
      weekdays && `BYDAY=${weekdays.map((code) => (numbered ? `${nth}${code}` : code)).join(',')}`,
      monthDays && freq !== 'WEEKLY' && `BYMONTHDAY=${monthDays.join(',')}`,
      months && `BYMONTH=${months.join(',')}`,
    ];
    return { text: parts.filter(Boolean).join(';'), from };
  });

describe('the days of a rule', () => {
  it('are those of RFC 5545, over month ends, 29 February and years', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 700 }), ({ text, from }, away) => {
        const first = addDays(from, away);
        const last = addDays(first, 70);
        const dtstart = Temporal.ZonedDateTime.from(`${from}T00:00:00[UTC]`);
        const until = Temporal.ZonedDateTime.from(`${last}T23:59:59[UTC]`);
        // Without UNTIL, rrule-temporal would search for ever when a rule never fires.
        const stamp = last.replaceAll('-', '');
        const series = new RRuleTemporal({ rruleString: `RRULE:${text};UNTIL=${stamp}T235959Z`, dtstart });
        const theirs = series
          .between(Temporal.ZonedDateTime.from(`${first}T00:00:00[UTC]`), until, true)
          .map((at) => at.toPlainDate().toString());
        const rule = parseDayRule(text, from);
        expect(daysBetween(first, last).filter((date) => namesDay(rule, date))).toEqual(theirs);
      }),
      { numRuns: 300 },
    );
  });

  it('need no first day when nothing is counted', () => {
    const rule = parseDayRule('RRULE:FREQ=MONTHLY;BYMONTHDAY=1,-1');
    expect(daysBetween('2028-02-27', '2028-03-02').filter((date) => namesDay(rule, date))).toEqual([
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(namesDay(parseDayRule('FREQ=WEEKLY;BYDAY=SA'), '2001-01-06')).toBe(true);
  });

  it.each([
    ['FREQ=SECONDLY', 'FREQ'],
    ['FREQ=MINUTELY;INTERVAL=5', 'FREQ'],
    ['FREQ=HOURLY', 'FREQ'],
    ['FREQ=DAILY;BYSECOND=1,2,3', 'BYSECOND'],
    ['FREQ=DAILY;BYHOUR=5', 'BYHOUR'],
    ['FREQ=DAILY;COUNT=10', 'COUNT'],
    ['FREQ=DAILY;UNTIL=20270101T000000Z', 'UNTIL'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=-1', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=NaN', 'INTERVAL'],
    ['FREQ=WEEKLY;BYDAY=XX', 'XX'],
    ['FREQ=WEEKLY', 'from'],
    ['FREQ=DAILY;INTERVAL=2', 'from'],
    ['FREQ=WEEKLY;BYDAY=1MO', '1MO'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTH=13', 'BYMONTH'],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ'],
    ['FREQ=DAILY;', ''],
    ['', ''],
    ['every day', 'EVERY DAY'],
  ])('%s is refused with what is wrong', (text, word) => {
    expect(() => parseDayRule(text)).toThrow(expect.objectContaining({ code: 'bad-rule', kind: 'invalid' }));
    try {
      parseDayRule(text);
    } catch (error) {
      expect((error as Error).message.toUpperCase()).toContain(word.toUpperCase());
    }
  });
});

describe('the season of every year', () => {
  it('runs over New Year when it ends before it begins, and holds 29 February', () => {
    const winter = { from: '11-15', until: '02-29' };
    const inside = ['2026-11-14', '2026-11-15', '2026-12-31', '2027-02-28', '2028-02-29', '2027-03-01'];
    expect(inside.map((date) => isInSeason(winter, date))).toEqual([false, true, true, true, true, false]);
  });

  it('all that is said of the days must hold', () => {
    const days = {
      rule: parseDayRule('FREQ=WEEKLY;BYDAY=TU'),
      season: { from: '06-01', until: '08-31' },
      except: new Set(['2026-06-09']),
    };
    const left = daysBetween('2026-05-25', '2026-06-20').filter((date) => leavesDay(days, date));
    expect(left).toEqual(['2026-06-02', '2026-06-16']);
    expect(leavesDay({ only: new Set(['2026-09-02']) }, '2026-09-02')).toBe(true);
    expect(leavesDay({ only: new Set(['2026-09-02']) }, '2026-09-03')).toBe(false);
  });
});
