import fc from 'fast-check';
import { overlaps, type TimeRange } from '../../shared/time-range.js';
import { IntervalSet } from '../../channels/hours/interval-set.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import { slotStates } from '../slots/slot.transitions.js';
import { fillOf, pack } from './window-packing.js';

const occurrence = { start: 1_000_000, end: 1_600_000 };
const slot = (start: number, end: number, change: Partial<ExistingSlot> = {}): ExistingSlot => {
  return { id: `${start}`, channelId: 'c', date: '2026-08-24', state: 'planned', start, end, ...change };
};

describe('the set of taken time', () => {
  const ranges = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 8 })).map(([start, length]) => {
      return { start, end: start + length };
    }),
    { maxLength: 8 },
  );
  const asked = fc.tuple(fc.integer({ min: -3, max: 45 }), fc.integer({ min: 1, max: 20 }));

  it('answers as a list of single milliseconds does', () => {
    fc.assert(
      fc.property(ranges, asked, fc.integer({ min: 0, max: 3 }), (taken, [start, length], gap) => {
        const set = IntervalSet.of(taken);
        const range = { start, end: start + length };
        const points = Array.from({ length }, (_, i) => start + i);
        const isTaken = (at: number, by = 0) => taken.some((r) => r.start - by <= at && at < r.end + by);
        const inside = (found: TimeRange[], at: number) => found.some((r) => r.start <= at && at < r.end);
        const holes = set.holes(range, gap);
        const parts = set.parts(range);
        expect(points.filter((at) => inside(holes, at))).toEqual(points.filter((at) => !isTaken(at, gap)));
        expect(points.filter((at) => inside(parts, at))).toEqual(points.filter((at) => isTaken(at)));
        expect(set.covers(range)).toBe(points.every((at) => isTaken(at)));
        expect(set.meets(range)).toBe(points.some((at) => isTaken(at)));
        const before = Array.from({ length: 60 }, (_, i) => i - 5).filter((at) => isTaken(at) && at < start);
        const last = before.at(-1);
        let end = last;
        while (end !== undefined && isTaken(end)) end++;
        expect(set.lastEndBefore(start)).toBe(end);
      }),
      { numRuns: 1200 },
    );
  });
});

describe('packing an occurrence', () => {
  it('keeps the order, meets nothing, and leaves out only what fits nowhere', () => {
    const cases = fc.record({
      lengths: fc.array(fc.integer({ min: 1, max: 300_000 }), { maxLength: 8 }),
      taken: fc.array(fc.tuple(fc.integer({ min: 900_000, max: 1_650_000 }), fc.integer({ min: 1, max: 90_000 }))),
      gapMs: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(
      fc.property(cases, ({ lengths, taken, gapMs }) => {
        const existing = taken.map(([start, length]) => slot(start, start + length));
        const items = lengths.map((durationMs, i) => ({ id: `${i}`, durationMs }));
        const { placements, unplaced } = pack(occurrence, items, gapMs, existing);
        expect(placements.length + unplaced.length).toBe(items.length);
        placements.forEach((placed, i) => {
          expect(placed.end - placed.start).toBe(lengths[Number(placed.itemId)]);
          expect(placed.start >= occurrence.start && placed.end <= occurrence.end).toBe(true);
          const near = { start: placed.start - gapMs, end: placed.end + gapMs };
          const others = [...existing, ...placements.filter((_, j) => j !== i)];
          expect(others.some((other) => overlaps(near, other))).toBe(false);
        });
        const starts = placements.map(({ start }) => start);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        expect(placements.map(({ itemId }) => Number(itemId))).toEqual(
          placements.map(({ itemId }) => Number(itemId)).sort((a, b) => a - b),
        );
        for (const id of unplaced) {
          const before = placements.filter(({ itemId }) => Number(itemId) < Number(id));
          const from = Math.max(occurrence.start, ...before.map(({ end }) => end + gapMs));
          const behind = IntervalSet.of(existing).holes({ start: from, end: Math.max(from, occurrence.end) }, gapMs);
          expect(lengths[Number(id)]!).toBeGreaterThan(Math.max(0, ...behind.map(({ start, end }) => end - start)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('places one behind the other with the gap between', () => {
    const items = [60_000, 30_000].map((durationMs, i) => ({ id: `${i}`, durationMs }));
    expect(pack(occurrence, items, 5_000, []).placements.map(({ start, end }) => [start, end])).toEqual([
      [1_000_000, 1_060_000],
      [1_065_000, 1_095_000],
    ]);
  });
});

describe('the fill of an occurrence', () => {
  it('says what is filled, short and over', () => {
    expect(fillOf(occurrence, [])).toEqual({ filledMs: 0, shortMs: 600_000, overMs: 0 });
    const slots = [slot(1_000_000, 1_200_000), slot(1_550_000, 1_640_000), slot(2_000_000, 2_100_000)];
    expect(fillOf(occurrence, slots)).toEqual({ filledMs: 250_000, shortMs: 350_000, overMs: 40_000 });
  });

  it('a cancelled or replaced slot fills nothing', () => {
    const filled = slotStates.map((state) => fillOf(occurrence, [slot(1_000_000, 1_060_000, { state })]).filledMs);
    expect(Object.fromEntries(slotStates.map((state, i) => [state, filled[i]]))).toEqual({
      planned: 60_000,
      played: 60_000,
      missed: 60_000,
      replaced: 0,
      cancelled: 0,
    });
  });
});
