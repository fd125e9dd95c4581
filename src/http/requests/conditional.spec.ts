import fc from 'fast-check';
import { askedRange, matchesEtag } from './conditional.js';

describe('If-None-Match', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ['"b","c"', false],
    ['*', true],
    ['a', false],
    ['"aa"', false],
  ])('%s', (header, expected) => {
    expect(matchesEtag(header, '"a"')).toBe(expected);
  });
});

describe('Range', () => {
  const whole = { kind: 'whole' };
  const part = (start: number, end: number) => ({ kind: 'part', start, end });
  it.each([
    [undefined, whole],
    ['bytes=0-0', part(0, 1)],
    ['bytes=0-', part(0, 100)],
    ['bytes=99-', part(99, 100)],
    ['bytes=50-1000', part(50, 100)],
    ['bytes=-1', part(99, 100)],
    ['bytes=-1000', part(0, 100)],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-4', whole],
    ['bytes=-', whole],
    ['bytes=1-2,4-5', whole],
    ['bytes = 1-2', whole],
    ['lines=1-2', whole],
    ['bytes=1e2-', whole],
  ])('%s of 100 bytes', (header, expected) => {
    expect(askedRange(header, 100)).toEqual(expected);
  });

  it('has nothing to give of an empty file', () => {
    expect(askedRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(askedRange('bytes=-5', 0)).toEqual({ kind: 'unsatisfiable' });
  });

  it('always stays inside the file and is never empty', () => {
    const number = fc.oneof(
      fc.constant(''),
      fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
      fc.nat(200).map(String),
    );
    fc.assert(
      fc.property(number, number, fc.nat(150), (first, last, size) => {
        const range = askedRange(`bytes=${first}-${last}`, size);
        if (range.kind !== 'part') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeLessThanOrEqual(size);
        expect(range.end).toBeGreaterThan(range.start);
      }),
    );
  });
});
