import fc from 'fast-check';
import { effectiveHours, type PermittedHours } from './permitted-hours.js';

const time = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const hours = fc.array(fc.record({ from: time, until: time }), { maxLength: 3 });
const holds = (list: readonly PermittedHours[], at: string) =>
  list.some(({ from, until }) => (from < until ? from <= at && at < until : at >= from || at < until));

describe('the hours that are left', () => {
  it('hold a minute exactly when the channel has it, the law permits it and no quiet time forbids it', () => {
    fc.assert(
      fc.property(hours, hours, hours, fc.array(time, { maxLength: 30 }), (own, law, quiet, moments) => {
        const left = effectiveHours(own, law, quiet);
        const edges = [...own, ...law, ...quiet].flatMap(({ from, until }) => [from, until]);
        for (const at of [...moments, ...edges]) {
          expect(holds(left, at)).toBe(holds(own, at) && holds(law, at) && !holds(quiet, at));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are in order and apart, also where they end at midnight', () => {
    const day = [{ from: '05:00', until: '00:00' }];
    expect(effectiveHours(day, [{ from: '00:00', until: '00:00' }], [{ from: '11:30', until: '13:30' }])).toEqual([
      { from: '05:00', until: '11:30' },
      { from: '13:30', until: '00:00' },
    ]);
    expect(effectiveHours(day, [], [])).toEqual([]);
  });
});
