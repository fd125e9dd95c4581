import fc from 'fast-check';
import { isHere, type LogAccount, logStateOf, withEntered } from './log-account.js';

const empty: LogAccount = { highest: 0, gaps: [] };

describe('the account of a station’s log', () => {
  it('tells what has not come as ranges from 1 on', () => {
    expect(withEntered(empty, [1, 2, 3])).toEqual({ highest: 3, gaps: [] });
    const some = withEntered(empty, [8, 3, 4]);
    expect(some).toEqual({
      highest: 8,
      gaps: [
        { from: 1, to: 2 },
        { from: 5, to: 7 },
      ],
    });
    expect(withEntered(some, [6, 1, 2])).toEqual({
      highest: 8,
      gaps: [
        { from: 5, to: 5 },
        { from: 7, to: 7 },
      ],
    });
  });

  it('is right whatever comes in whatever order and batches', () => {
    const batches = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }), { maxLength: 12 });
    fc.assert(
      fc.property(batches, (all) => {
        let account = empty;
        const come = new Set<number>();
        for (const batch of all) {
          const fresh = batch.filter((one) => !isHere(account, one));
          expect(fresh).toEqual(batch.filter((one) => !come.has(one)));
          account = withEntered(account, fresh);
          for (const one of fresh) come.add(one);
        }
        expect(account.highest).toBe(Math.max(0, ...come));
        for (let one = 1; one <= 61; one++) expect([one, isHere(account, one)]).toEqual([one, come.has(one)]);
        expect(account.gaps).toEqual([...account.gaps].sort((a, b) => a.from - b.from));
      }),
    );
  });

  it('is told with at most a hundred ranges, and with none while nobody has counted', () => {
    const odd = withEntered(
      empty,
      Array.from({ length: 150 }, (_, n) => 2 * n + 2),
    );
    const state = logStateOf({ lastSequence: odd.highest, logGaps: odd.gaps });
    expect([state.lastSequence, state.missing.length, state.missing.at(-1)]).toEqual([
      300,
      100,
      { from: 199, to: 199 },
    ]);
    expect(logStateOf({ lastSequence: 7, logGaps: null })).toEqual({ lastSequence: 7, missing: [] });
  });
});
