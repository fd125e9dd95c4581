import fc from 'fast-check';
import {
  type AskedPlays,
  countStates,
  missingPlays,
  noTally,
  progressState,
  type Tally,
  worst,
} from './progress-state.js';

const tally = (change: Partial<Tally>): Tally => ({ ...noTally(), playedDue: change.played ?? 0, ...change });
const twice: AskedPlays = { minimumPerDay: 2, daysRequired: 3, required: 6, periodOver: false };
const once: AskedPlays = { minimumPerDay: null, daysRequired: 3, required: 1, periodOver: false };

describe('how an obligation stands in a unit', () => {
  it.each<[string, Partial<Tally>, Partial<AskedPlays>, string]>([
    ['nothing is due before the first day is over', {}, { daysRequired: 0 }, 'pending'],
    ['every day had its plays', { daysMet: 3, played: 6 }, {}, 'met'],
    ['a day waits for its log', { daysMet: 2, daysOpen: 1, played: 5, waiting: 1 }, {}, 'pending'],
    ['a day was short, there is time to make it up', { daysMet: 2, played: 5 }, {}, 'late'],
    ['a day was short and was made up on another', { daysMet: 2, played: 6 }, { periodOver: true }, 'late'],
    ['a late log makes it up', { daysMet: 2, played: 5, lateReported: 1 }, { periodOver: true }, 'late'],
    ['a day was short and the end has come', { daysMet: 2, played: 5 }, { periodOver: true }, 'missed'],
    ['the end has come and a log is awaited', { daysMet: 1, played: 4, waiting: 1 }, { periodOver: true }, 'late'],
    ['nothing was ever planned', {}, { periodOver: true }, 'missed'],
  ])('with a number a day: %s', (_what, change, asked, state) => {
    expect(progressState(tally(change), { ...twice, ...asked })).toBe(state);
  });

  it.each<[string, Partial<Tally>, boolean, string]>([
    ['played in time', { played: 1, playedInTime: 1 }, true, 'met'],
    ['played after the last day', { played: 1 }, true, 'late'],
    ['reported late', { missed: 1, lateReported: 1 }, true, 'late'],
    ['planned', { planned: 1, waiting: 1 }, true, 'pending'],
    ['there is time', {}, false, 'pending'],
    ['the last day went by', { missed: 3 }, true, 'missed'],
  ])('without a number: %s', (_what, change, periodOver, state) => {
    expect(progressState(tally(change), { ...once, periodOver })).toBe(state);
  });

  it('a period in which nothing was possible owes nothing', () => {
    expect(progressState(tally({}), { ...twice, daysRequired: 0, required: 0, periodOver: true })).toBe('met');
  });

  it('misses what was neither played nor is awaited', () => {
    expect(missingPlays(tally({ played: 4, waitingDue: 1 }), twice)).toBe(1);
    expect(missingPlays(tally({ played: 9 }), twice)).toBe(0);
  });

  it('one more play never makes it worse', () => {
    const rank = { missed: 0, late: 1, pending: 2, met: 2 };
    const number = fc.nat({ max: 6 });
    const some = fc.record({
      daysMet: number,
      daysOpen: number,
      played: number,
      lateReported: number,
      waiting: number,
    });
    const asked = fc.record({
      minimumPerDay: fc.option(fc.integer({ min: 1, max: 4 })),
      daysRequired: number,
      periodOver: fc.boolean(),
      required: number,
    });
    fc.assert(
      fc.property(some, asked, (counts, demand) => {
        const before = tally(counts);
        const after = {
          ...before,
          played: before.played + 1,
          playedInTime: before.playedInTime + 1,
          playedDue: before.playedDue + 1,
        };
        expect(rank[progressState(after, demand)]).toBeGreaterThanOrEqual(rank[progressState(before, demand)]);
      }),
    );
  });

  it('the worst speaks for all, what is not measured for none', () => {
    expect(worst(['met', 'unmeasured'])).toBe('met');
    expect(worst(['met', 'pending', 'late'])).toBe('late');
    expect(worst(['late', 'missed'])).toBe('missed');
    expect(worst([])).toBeNull();
    expect(countStates(['met', 'met', 'late'])).toMatchObject({ met: 2, late: 1, missed: 0 });
  });
});
