import fc from 'fast-check';
import { instantOf, VIETNAM } from '../../shared/local-time.js';
import { isPermitted } from './permitted.js';

const day = [{ from: '05:00', until: '21:00' }];
const at = (time: string, minutes: number) => {
  const start = instantOf('2026-11-24', time, VIETNAM);
  return { start, end: start + minutes * 60_000 };
};

describe('permitted hours, as a station judges them', () => {
  it.each([
    ['03:15', 1, false],
    ['04:59', 1, false],
    ['04:59', 2, false],
    ['05:00', 1, true],
    ['20:59', 1, true],
    ['20:59', 2, false],
    ['21:00', 1, false],
    ['05:00', 16 * 60, true],
    ['05:00', 16 * 60 + 1, false],
  ])('from %s for %p minutes: %p', (time, minutes, permitted) => {
    expect(isPermitted(at(time, minutes), day, VIETNAM)).toBe(permitted);
  });

  it('cannot be got round by an item that begins and ends in permitted hours with the night between', () => {
    expect(isPermitted(at('20:00', 10 * 60), day, VIETNAM)).toBe(false);
  });

  it('may run over midnight, or be the whole day, or nothing', () => {
    const night = [{ from: '22:00', until: '02:00' }];
    expect([at('23:30', 60), at('01:59', 1), at('02:00', 1)].map((one) => isPermitted(one, night, VIETNAM))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isPermitted(at('03:15', 1), [{ from: '00:00', until: '00:00' }], VIETNAM)).toBe(true);
    expect(isPermitted(at('12:00', 1), [], VIETNAM)).toBe(false);
  });

  it('follows the clocks of the place, not those of the machine', () => {
    expect(isPermitted(at('06:00', 1), day, 'America/New_York')).toBe(true); // 18:00 there
    expect(isPermitted(at('14:00', 1), day, 'America/New_York')).toBe(false); // 02:00 there
  });

  it('a part of what is permitted is permitted', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_439 }), fc.integer({ min: 2, max: 200 }), (minute, length) => {
        const whole = at('00:00', 0).start + minute * 60_000;
        const range = { start: whole, end: whole + length * 60_000 };
        if (!isPermitted(range, day, VIETNAM)) return;
        expect(isPermitted({ start: range.start + 60_000, end: range.end }, day, VIETNAM)).toBe(true);
        expect(isPermitted({ start: range.start, end: range.end - 60_000 }, day, VIETNAM)).toBe(true);
      }),
    );
  });
});
