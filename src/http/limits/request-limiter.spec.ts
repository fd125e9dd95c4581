import fc from 'fast-check';
import { FixedClock } from '../../shared/clock.js';
import { type LimitName, limits, weightOf } from './limits.js';
import { RequestLimiter } from './request-limiter.js';

const START = 1_764_000_000_000;
const SECOND = 1000;

/** How many of the requests at these moments (ms from now) are refused. */
function refused(name: LimitName, moments: readonly number[], weight = 1): number {
  const clock = new FixedClock(START);
  const limiter = new RequestLimiter(clock);
  let count = 0;
  let now = 0;
  for (const at of moments) {
    clock.advance(at - now);
    now = at;
    try {
      limiter.take(name, 'station:1', weight);
    } catch {
      count++;
    }
  }
  return count;
}

const every = (ms: number, count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n * ms);

describe('limits of what costs much', () => {
  it('a station that tells of itself every second, and of every play, meets none; nor one that was away for a month', () => {
    const gaps = fc.array(fc.integer({ min: SECOND, max: 60 * SECOND }), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(gaps, (list) => {
        let at = 0;
        const moments = list.map((gap) => (at += gap));
        expect([refused('heartbeat', moments), refused('log', moments)]).toEqual([0, 0]);
      }),
    );
    expect(refused('heartbeat', every(SECOND, 20_000))).toBe(0);
    // 100,000 events in batches of 500 as fast as they are accepted, then every play of the day.
    expect(refused('log', [...every(20, 200), ...every(2 * SECOND, 2_000, 10 * SECOND)])).toBe(0);
  });

  it('whoever types without a pause for an hour has his text read every second', () => {
    expect(refused('reading', every(SECOND, 3_600), weightOf('reading', '8000'))).toBe(0);
  });

  it('whoever asks without end gets no more than the limit and its share, long texts count as several', () => {
    for (const name of Object.keys(limits) as LimitName[]) {
      const { limit, halfLifeMs } = limits[name];
      const asked = every(100, 20 * limit);
      const most = limit * (1 + (Math.LN2 * asked.length * 100) / halfLifeMs) + 1;
      expect([name, asked.length - refused(name, asked) <= most]).toEqual([name, true]);
    }
    expect([weightOf('reading', undefined), weightOf('reading', '8193'), weightOf('verify', '99999')]).toEqual([
      1, 2, 1,
    ]);
    expect(refused('reading', every(0, 100), weightOf('reading', '32000'))).toBe(50);
  });

  it('one caller is no other, and one thing no other', () => {
    const limiter = new RequestLimiter(new FixedClock(START));
    const ask = (name: LimitName, caller: string) => () => limiter.take(name, caller);
    for (let n = 0; n < limits.verify.limit; n++) ask('verify', 'person:a')();
    expect(ask('verify', 'person:a')).toThrow(expect.objectContaining({ kind: 'too-many', code: 'too-many-requests' }));
    expect(ask('verify', 'person:b')).not.toThrow();
    expect(ask('export', 'person:a')).not.toThrow();
  });
});
