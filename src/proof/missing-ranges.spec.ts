import fc from 'fast-check';
import { missingRanges } from './missing-ranges.js';

describe('numbers that have not arrived', () => {
  it('are told as ranges from 1 on', () => {
    expect(missingRanges([], 10)).toEqual([]);
    expect(missingRanges([1, 2, 3], 10)).toEqual([]);
    expect(missingRanges([3, 4, 8], 10)).toEqual([
      { from: 1, to: 2 },
      { from: 5, to: 7 },
    ]);
    expect(missingRanges([3, 4, 8], 1)).toEqual([{ from: 1, to: 2 }]);
  });

  it('together with those that have, are every number up to the highest, once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (numbers) => {
        const arrived = [...numbers].sort((a, b) => a - b);
        const missing = missingRanges(arrived, 100).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, i) => from + i),
        );
        const all = [...arrived, ...missing].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: arrived.at(-1) ?? 0 }, (_, i) => i + 1));
      }),
    );
  });
});
