import fc from 'fast-check';
import { instantOf, localTimeOf } from '../../shared/local-time.js';
import { aDemand, aPlanInput, stored } from './planning-samples.fake.js';
import { aChannel } from '../../channels/hours/hours-samples.fake.js';
import type { Plan } from './planning.types.js';
import { plan } from './slot-planner.js';

const zone = 'Asia/Ho_Chi_Minh';
const date = '2026-08-24';
const times = (found: Plan) => found.slots.map(({ start }) => localTimeOf(start, zone));
const peak = [{ from: '17:10', until: '17:20' }];

describe('preferred hours', () => {
  it('take the plays, spread inside them, and say so', () => {
    const found = plan(aPlanInput({ obligations: [aDemand({ preferred: peak })] }));
    expect(times(found)).toEqual(['17:10', '17:15']);
    expect(found.slots[0]!.why).toContain('đúng khung giờ mà nhiệm vụ ưu tiên');
  });

  it('give way when they are full: a minimum outside of them is better than none', () => {
    const found = plan(
      aPlanInput({ obligations: [aDemand({ preferred: peak, minPlaysPerDay: 7, maxPlaysPerDay: 7 })] }),
    );
    expect(found.shortfalls).toEqual([]);
    expect(times(found).filter((time) => '17:10' <= time && time < '17:20').length).toBeGreaterThanOrEqual(4);
  });

  it('break nothing: whatever is preferred, as many plays stand, none overlaps, and a second plan adds none', () => {
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
      return `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
    });
    const cases = fc.record({
      preferred: fc.array(fc.record({ from: time, until: time }), { minLength: 1, maxLength: 3 }),
      plays: fc.integer({ min: 1, max: 8 }),
      seconds: fc.integer({ min: 20, max: 400 }),
      others: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(cases, ({ preferred, plays, seconds, others }) => {
        const share = { durationMs: seconds * 1000, minPlaysPerDay: plays, maxPlaysPerDay: plays };
        const rest = Array.from({ length: others }, (_, n) => aDemand({ id: `o${n}`, minPlaysPerDay: 2 }));
        const input = (wish: object) => aPlanInput({ obligations: [aDemand({ ...share, ...wish }), ...rest] });
        const [free, wished] = [plan(input({})), plan(input({ preferred }))];
        expect(wished.slots).toHaveLength(free.slots.length);
        const sorted = [...wished.slots].sort((a, b) => a.start - b.start);
        sorted.slice(1).forEach((slot, n) => expect(slot.start).toBeGreaterThanOrEqual(sorted[n]!.end));
        expect(plan({ ...input({ preferred }), existing: stored(wished.slots) }).slots).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused when they are no times', () => {
    const preferred = [{ from: '25:00', until: '26:00' }];
    expect(() => plan(aPlanInput({ obligations: [aDemand({ preferred })] }))).toThrow(
      expect.objectContaining({ code: 'bad-demand', details: { field: 'preferred' } }) as Error,
    );
  });

  it('of the zone of the channel', () => {
    const channels = [aChannel({ zone: 'America/New_York' })];
    const found = plan(aPlanInput({ channels, obligations: [aDemand({ preferred: peak, minPlaysPerDay: 1 })] }));
    expect(found.slots[0]!.start).toBe(instantOf(date, '17:10', 'America/New_York'));
  });
});
