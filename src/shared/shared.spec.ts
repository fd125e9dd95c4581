import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { FixedClock } from './clock.js';
import {
  addDays,
  dayRange,
  countDays,
  daysBetween,
  instantOf,
  isLocalDate,
  localDateOf,
  localTimeOf,
  showInstant,
  VIETNAM,
} from './local-time.js';
import { canonicalJson, hashOf, newId, sameDigest } from './ids.js';
import { fold, slug } from './fold.js';
import { overlaps } from './time-range.js';
import { move, unreachable } from './transitions.js';

describe('local time', () => {
  it('05:30 in Hà Tĩnh is 22:30 UTC of the day before', () => {
    const at = instantOf('2026-11-24', '05:30', VIETNAM);
    expect(new Date(at).toISOString()).toBe('2026-11-23T22:30:00.000Z');
    expect(localDateOf(at, VIETNAM)).toBe('2026-11-24');
    expect(localTimeOf(at, VIETNAM)).toBe('05:30');
    expect(showInstant(at, VIETNAM)).toBe('Thứ Ba 24/11, 05:30');
  });

  it('a day has 23 or 25 hours where clocks are changed', () => {
    const hours = (date: string) => {
      const { start, end } = dayRange(date, 'America/New_York');
      return (end - start) / 3_600_000;
    };
    expect([hours('2026-03-08'), hours('2026-11-01'), hours('2026-11-02')]).toEqual([23, 25, 24]);
  });

  it('knows what is not a date', () => {
    expect(['2026-02-29', '2026-13-01', '24/11/2026', '', '2026-1-1'].filter(isLocalDate)).toEqual([]);
    expect(isLocalDate('2028-02-29')).toBe(true);
    expect(() => addDays('2026-02-30', 1)).toThrow('Not a date');
  });

  it('counts days as Temporal does', () => {
    const days = fc.integer({ min: -200_000, max: 200_000 });
    fc.assert(
      fc.property(days, fc.integer({ min: -800, max: 800 }), (from, n) => {
        const first = Temporal.PlainDate.from('1970-01-01').add({ days: from });
        const last = first.add({ days: n });
        const [a, b] = [first.toString(), last.toString()];
        expect(isLocalDate(a)).toBe(true);
        expect(addDays(a, n)).toBe(b);
        expect(countDays(a, b)).toBe(Math.max(0, n + 1));
        expect(daysBetween(a, b)).toHaveLength(Math.max(0, n + 1));
        expect(daysBetween(a, b).at(-1) ?? b).toBe(b);
      }),
    );
    const digits = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 15 }),
      fc.integer({ min: 0, max: 33 }),
    );
    fc.assert(
      fc.property(digits, ([y, m, d]) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const text = `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`;
        const isDate = m >= 1 && m <= 12 && d >= 1 && d <= new Date(Date.UTC(2000 + (y % 400), m, 0)).getUTCDate();
        expect(isLocalDate(text)).toBe(isDate);
      }),
    );
  });

  it('counts both ends', () => {
    expect(daysBetween('2026-12-31', '2027-01-01')).toEqual(['2026-12-31', '2027-01-01']);
    expect(daysBetween('2027-01-01', '2026-12-31')).toEqual([]);
  });
});

describe('ids and hashes', () => {
  it('ids sort by time and are unique', () => {
    const clock = new FixedClock(1_700_000_000_000);
    const ids = Array.from({ length: 50 }, () => {
      clock.advance(1);
      return newId(clock.now());
    });
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(50);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('ids of one millisecond sort in the order of their making', () => {
    const ids = Array.from({ length: 1000 }, () => newId(1_700_000_000_000));
    expect([...ids].sort()).toEqual(ids);
  });

  it('the order of keys does not change a hash, a value does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(hashOf(turned)).toBe(hashOf(value));
      }),
    );
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }));
    expect(canonicalJson({ b: undefined, a: [null, 'x'] })).toBe('{"a":[null,"x"]}');
  });

  it('compares digests', () => {
    expect(sameDigest('ab', 'ab')).toBe(true);
    expect(sameDigest('ab', 'ac')).toBe(false);
    expect(sameDigest('ab', 'abc')).toBe(false);
  });
});

describe('folding', () => {
  it('drops case, tone marks and đ', () => {
    expect(fold('  Thị trấn  ĐỒNG Môn ')).toBe('thi tran dong mon');
    expect(slug('Phường Bắc Hà')).toBe('phuong-bac-ha');
  });
});

describe('ranges and transitions', () => {
  it('ranges that touch do not overlap', () => {
    expect(overlaps({ start: 0, end: 10 }, { start: 10, end: 20 })).toBe(false);
    expect(overlaps({ start: 0, end: 11 }, { start: 10, end: 20 })).toBe(true);
  });

  it('an illegal move throws and unreachable states are named', () => {
    const table = { a: ['b'], b: [], c: ['a'] } as const;
    expect(move<'a' | 'b' | 'c'>(table, 'a', 'b', 'thing')).toBe('b');
    expect(() => move<'a' | 'b' | 'c'>(table, 'b', 'a', 'thing')).toThrow('cannot move');
    expect(unreachable<'a' | 'b' | 'c'>(table, 'a')).toEqual(['c']);
  });
});
