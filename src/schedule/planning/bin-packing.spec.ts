import fc from 'fast-check';
import { packBins, type Bin, type BinItem } from './bin-packing.js';

/** Whether all sizes fit into the bins, by trying every combination. */
function allFit(sizes: readonly number[], bins: readonly number[]): boolean {
  const [size, ...rest] = sizes;
  if (size === undefined) return true;
  return bins.some(
    (room, at) =>
      room >= size &&
      allFit(
        rest,
        bins.map((other, i) => (i === at ? room - size : other)),
      ),
  );
}

describe('a tight day', () => {
  it('takes each play that the day can hold beside all with an earlier right, as trying everything finds', () => {
    const cases = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
      rooms: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(cases, ({ sizes, rooms }) => {
        const items: BinItem[] = sizes.map((size, i) => ({ demandId: `d${i}`, size }));
        const bins: Bin[] = rooms.map((size, window) => ({ window, size, plays: new Map() }));
        const found = packBins(items, bins);
        const left = [...rooms];
        found.forEach((bin, i) => bin >= 0 && (left[bin]! -= sizes[i]!));
        expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
        const expected: number[] = [];
        for (const size of sizes) if (allFit([...expected, size], rooms)) expected.push(size);
        expect(sizes.filter((_, i) => found[i]! >= 0)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact on overfull days of equal plays, however many there are', () => {
    const cases = fc.record({
      size: fc.integer({ min: 20_000, max: 300_000 }),
      campaigns: fc.integer({ min: 1, max: 20 }),
      plays: fc.integer({ min: 1, max: 6 }),
      rooms: fc.array(fc.integer({ min: 100_000, max: 3_600_000 }), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(cases, ({ size, campaigns, plays, rooms }) => {
        const items = Array.from({ length: campaigns * plays }, (_, i) => ({ demandId: `d${i % campaigns}`, size }));
        const bins = rooms.map((room, window) => ({ window, size: room, plays: new Map<string, number>() }));
        const places = rooms.reduce((sum, room) => sum + Math.floor(room / size), 0);
        expect(packBins(items, bins).filter((bin) => bin >= 0)).toHaveLength(Math.min(items.length, places));
      }),
      { numRuns: 500 },
    );
  });

  it('puts plays of one demand in different windows when it can', () => {
    const items = ['a', 'a', 'b', 'b'].map((demandId) => ({ demandId, size: 5 }));
    const bins = [0, 1].map((window) => ({ window, size: 10, plays: new Map<string, number>() }));
    const found = packBins(items, bins);
    expect(found[0]).not.toBe(found[1]);
    expect(found[2]).not.toBe(found[3]);
  });

  it('gives up exactness, not time, on a day nobody has', () => {
    const items = Array.from({ length: 60 }, (_, i) => ({ demandId: `d${i}`, size: 1000 + ((i * 7919) % 997) }));
    const bins = Array.from({ length: 12 }, (_, window) => ({ window, size: 5200 + window * 37, plays: new Map() }));
    const started = performance.now();
    const placed = packBins(items, bins).filter((bin) => bin >= 0).length;
    expect(performance.now() - started).toBeLessThan(1000);
    expect(placed).toBeGreaterThan(36);
  });
});
