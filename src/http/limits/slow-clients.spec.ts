import fc from 'fast-check';
import {
  begun,
  capacityFor,
  dispensable,
  patience,
  type Phase,
  type TransferProgress,
  scaled,
  seenAgain,
} from './slow-clients.js';

/**
 * Checks a client every second that has moved `bytesAt(second)` bytes; returns the second in which it is cut off, or
 * null.
 */
function cutOff(phase: Phase, bytesAt: (second: number) => number, seconds = 3_600): number | null {
  let progress: TransferProgress | null = begun(phase, bytesAt(0), 0);
  for (let second = 1; second <= seconds; second++) {
    progress = seenAgain(progress, bytesAt(second), second * 1000, patience);
    if (!progress) return second;
  }
  return null;
}

describe('a client is cut off', () => {
  it.each([
    ['silent headers', 'headers', () => 0, 15],
    ['headers that drip', 'headers', (s: number) => s * 100, 15],
    ['an idle connection', 'idle', () => 0, 20],
    ['a body that never comes', 'body', () => 0, 20],
    ['a body that drips', 'body', (s: number) => s * 10, 20],
    ['a body just below the least rate', 'body', (s: number) => s * 1023, 20],
    ['a body that stops after 100 kB', 'body', (s: number) => Math.min(s, 10) * 10_000, 30],
    ['a body that drips after 100 kB', 'body', (s: number) => Math.min(s, 10) * 10_000 + s, 40],
    ['a reader that stops', 'answer', () => 0, 45],
    ['a reader that takes crumbs', 'answer', (s: number) => s * 100, 45],
  ] as const)('%s', (_what, phase, bytesAt, second) => {
    expect(cutOff(phase, bytesAt)).toBe(second);
  });
});

describe('a client is served to the end', () => {
  it.each([
    ['a body just at the least rate', 'body', (s: number) => s * 1024],
    ['a line that stands still for 15 s and then brings 40 kB', 'body', (s: number) => Math.floor(s / 16) * 40_000],
    [
      'a reader of 3 kB a second, whose system takes 100 kB at once',
      'answer',
      (s: number) => Math.floor(s / 33) * 100_000,
    ],
    ['whoever waits for us', 'work', () => 0],
  ] as const)('%s', (_what, phase, bytesAt) => {
    expect(cutOff(phase, bytesAt)).toBeNull();
  });
});

it('whatever comes before, a body that ends or slows to a drip is gone within 45 s, and one that keeps the rate stays', () => {
  const before = fc.array(fc.integer({ min: 1024, max: 500_000 }), { maxLength: 200 });
  const after = fc.integer({ min: 0, max: 900 });
  fc.assert(
    fc.property(before, after, (pieces, drip) => {
      const sums = pieces.reduce<number[]>((all, one) => [...all, (all.at(-1) ?? 0) + one], [0]);
      const bytesAt = (s: number) => (sums[s] ?? sums.at(-1) ?? 0) + Math.max(0, s - pieces.length) * drip;
      const second = cutOff('body', bytesAt, pieces.length + 60) ?? Infinity;
      expect(second).toBeGreaterThan(pieces.length);
      expect(second).toBeLessThanOrEqual(pieces.length + 45);
    }),
  );
});

describe('room is made', () => {
  const held = (name: string, phase: Phase, since: number, bytes = 0) => {
    return { name, progress: { ...begun(phase, 0, since), moved: bytes } };
  };
  it('by what has sent no request, the oldest first, and never by what we are at work for', () => {
    const all = [
      held('work', 'work', 0),
      held('answer', 'answer', 0),
      held('fast body', 'body', 0, 90_000),
      held('slow body', 'body', 0, 9_000),
      held('idle', 'idle', 0),
      held('silent', 'headers', 1_000),
      held('silent too', 'headers', 2_000),
      held('just come', 'headers', 9_900),
    ];
    const names = (count: number) => dispensable(all, count, 10_000, 1_000).map(({ name }) => name);
    expect(names(2)).toEqual(['silent', 'silent too']);
    const first = ['silent', 'silent too', 'idle', 'just come'];
    expect(names(99)).toEqual([...first, 'slow body', 'fast body', 'answer']);
  });

  it('connections leave four tenths of the files to the rest, and a proxy may have them all', () => {
    expect(capacityFor(1024, false)).toEqual({ most: 614, perNetwork: 154 });
    expect(capacityFor(1024, true)).toEqual({ most: 614, perNetwork: null });
    expect(capacityFor(1_048_576, false)).toEqual({ most: 10_000, perNetwork: 256 });
  });
});

it('a scaled patience has the same least rate', () => {
  expect(scaled(patience, 0.1)).toMatchObject({ headersMs: 1_500, answerWindowMs: 4_500, leastBytesPerSecond: 1024 });
});
