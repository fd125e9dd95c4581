import fc from 'fast-check';
import { addDays } from '../../shared/local-time.js';
import { readDay, readTime, typedDay } from './typed-dates.js';

describe('days as people type them', () => {
  it.each([
    ['30/11/2026', '2026-11-30'],
    ['1/2/2027', '2027-02-01'],
    ['01.02.2027', '2027-02-01'],
    ['1-2-2027', '2027-02-01'],
    [' 30 / 11 / 2026 ', '2026-11-30'],
    ['30112026', '2026-11-30'],
    ['2026-11-30', '2026-11-30'],
  ])('%s is %s', (typed, day) => expect(readDay(typed)).toBe(day));

  it.each(['31/11/2026', '30/13/2026', '0/1/2026', '11/30/2026', '30/11', '30/11/26', 'mai', ''])(
    '%s is no day and stays as typed',
    (typed) => expect(readDay(typed)).toBe(typed),
  );

  it('reads back every day that it shows', () => {
    const days = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('2000-01-01', n));
    fc.assert(fc.property(days, (day) => readDay(typedDay(day)) === day));
  });

  it('shows again what is no day', () => expect(typedDay('31/11/2026')).toBe('31/11/2026'));
});

describe('times as people type them, on a clock of 24 hours', () => {
  it.each([
    ['7h30', '07:30'],
    ['7:30', '07:30'],
    ['07.30', '07:30'],
    ['19h', '19:00'],
    ['7 giờ 30', '07:30'],
    ['7h30h', '07:30'],
    ['0730', '07:30'],
    ['05:00:15', '05:00:15'],
    ['0:05', '00:05'],
  ])('%s is %s', (typed, time) => expect(readTime(typed)).toBe(time));

  it.each(['24:00', '7h60', '7', '7:3', '7:30 PM', 'sáng', ''])('%s is no time and stays as typed', (typed) =>
    expect(readTime(typed)).toBe(typed),
  );
});
