import { instantOf, VIETNAM } from '../../shared/local-time.js';
import { firstOwedDay, type FirstDayFacts } from './first-day.js';

const at = (date: string, time = '20:00') => instantOf(date, time, VIETNAM);

describe('the first day that owes plays', () => {
  const facts: FirstDayFacts = { since: null, opened: null, begun: false, periodOver: false, from: '2026-11-20' };
  it.each<[string, Partial<FirstDayFacts>, string | null]>([
    ['is that of the first plan', { since: at('2026-11-24') }, '2026-11-24'],
    ['is never before the period', { since: at('2026-11-10') }, '2026-11-20'],
    ['is none while nothing is planned and there is time', { opened: at('2026-11-22') }, null],
    [
      'is the day after the opening for plays placed without a plan',
      { opened: at('2026-11-22'), begun: true },
      '2026-11-23',
    ],
    [
      'is the day after the opening when the period ended without a plan',
      { opened: at('2026-11-22'), periodOver: true },
      '2026-11-23',
    ],
    ['is that of the letter when no campaign was ever opened', { periodOver: true }, '2026-11-20'],
    ['is none without a period', { since: at('2026-11-24'), from: null }, null],
  ])('%s', (_, change, day) => {
    expect(firstOwedDay({ ...facts, ...change }, VIETNAM)).toBe(day);
  });
});
