import fc from 'fast-check';
import { type CountRule, counted, type DecayingCount, levelAt, waitMs } from './decaying-count.js';

const rules = fc.record({
  limit: fc.integer({ min: 2, max: 500 }),
  halfLifeMs: fc.integer({ min: 1_000, max: 24 * 3_600_000 }),
});
const START = 1_764_000_000_000;
const nothing: DecayingCount = { level: 0, at: START };

/** How many are accepted until `end` when each is tried as soon as the previous one is accepted. */
function persistent(rule: CountRule, end: number): number {
  let [count, now, taken] = [nothing, START, 0];
  for (;;) {
    now += waitMs(count, rule, now);
    if (now > end) return taken;
    count = counted(count, rule, now);
    taken++;
  }
}

describe('a count that decays', () => {
  it('takes exactly `limit` at once', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        let count = nothing;
        for (let n = 0; n < rule.limit; n++) {
          expect(waitMs(count, rule, START)).toBe(0);
          count = counted(count, rule, START);
        }
        expect(waitMs(count, rule, START)).toBeGreaterThan(0);
      }),
    );
  });

  it('is open again after the wait that it names, never long before it, and is halved by every half-life', () => {
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 10 ** 9 }),
        (rule, more, age) => {
          const count = counted(nothing, rule, START, more);
          const now = START + age;
          const wait = waitMs(count, rule, now);
          expect(waitMs(count, rule, now + wait)).toBe(0);
          if (wait > 2) expect(waitMs(count, rule, now + wait - 2)).toBeGreaterThan(0);
          expect(levelAt(count, rule, now + rule.halfLifeMs)).toBeCloseTo(levelAt(count, rule, now) / 2, 6);
          expect(waitMs(count, rule, now + 1)).toBeLessThanOrEqual(wait);
        },
      ),
    );
  });

  it('whoever tries without end gets no more than the limit and its share for every half-life', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 20 }), (rule, halfLives) => {
        const share = Math.LN2 * rule.limit;
        const most = rule.limit + share * halfLives + 1;
        expect(persistent(rule, START + halfLives * rule.halfLifeMs)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 30 },
    );
  });

  it('a clock that is set back opens nothing, and giving back never goes below nothing', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 10 ** 9 }), (rule, back) => {
        const full = counted(nothing, rule, START, rule.limit);
        expect(waitMs(full, rule, START - back)).toBe(waitMs(full, rule, START));
        expect(counted(full, rule, START - back, 1).at).toBe(START);
        expect(counted(full, rule, START, -2 * rule.limit).level).toBe(0);
      }),
    );
  });
});
