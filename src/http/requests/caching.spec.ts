import fc from 'fast-check';
import { type Answered, cacheControl, PUBLIC_SECONDS } from './caching.js';

const answered = (more: Partial<Answered>) =>
  cacheControl({ status: 200, opened: false, said: undefined, tagged: false, immutable: false, ...more });

describe('how long an answer may be kept', () => {
  it.each([
    [{}, 'no-store'],
    [{ opened: true }, 'private, no-store'],
    [{ opened: true, said: 'public, max-age=300', tagged: true }, 'private, no-cache'],
    [{ opened: true, said: 'private, no-cache', tagged: true }, 'private, no-cache'],
    [{ opened: true, said: 'private, no-cache' }, 'private, no-store'],
    [{ opened: true, tagged: true }, 'private, no-store'],
    [{ opened: true, said: 'no-store', tagged: true }, 'private, no-store'],
    [{ said: 'no-cache' }, 'no-cache'],
    [{ said: 'private, no-cache', tagged: true }, 'private, no-cache'],
    [{ said: 'public, max-age=300', tagged: true }, 'public, max-age=300, must-revalidate'],
    [{ said: 'public, max-age=31536000, immutable' }, 'public, max-age=300, must-revalidate'],
    [{ said: 'public, max-age=60' }, 'public, max-age=60, must-revalidate'],
    [{ said: 'public' }, 'public, max-age=0, must-revalidate'],
    [{ said: 'public, max-age=31536000, immutable', immutable: true }, 'public, max-age=31536000, immutable'],
    [{ said: 'public, max-age=300', status: 404 }, 'no-store'],
    [{ said: 'public, max-age=31536000, immutable', status: 404, immutable: true }, 'no-store'],
  ] as const)('%j: %s', (more, wanted) => {
    expect(answered(more)).toBe(wanted);
  });

  it('whatever a route says, what was opened is never public, and nothing public is kept longer than minutes', () => {
    const word = fc.constantFrom('public', 'private', 'no-store', 'no-cache', 'immutable', 'max-age=86400', 'x', '');
    const said = fc.option(
      fc.array(word).map((words) => words.join(', ')),
      { nil: undefined },
    );
    const all = fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      opened: fc.boolean(),
      said,
      tagged: fc.boolean(),
    });
    fc.assert(
      fc.property(all, (one) => {
        const header = cacheControl({ ...one, immutable: false });
        if (one.opened) expect(header).not.toContain('public');
        expect(header).not.toContain('immutable');
        expect(Number(/max-age=(\d+)/.exec(header)?.[1] ?? 0)).toBeLessThanOrEqual(PUBLIC_SECONDS);
      }),
    );
  });
});
