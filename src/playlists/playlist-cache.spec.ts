import { PlaylistCache } from './playlist-cache.js';

/** A value whose making the test completes. */
function later() {
  let done: (value: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const value = new Promise<string>((resolve, reject) => ([done, fail] = [resolve, reject]));
  return { value, done, fail };
}

describe('the playlist cache', () => {
  it('makes a value once for all who ask, and again when its life is over', async () => {
    const cache = new PlaylistCache<string>(10, 5);
    let made = 0;
    const make = () => Promise.resolve(`value ${++made}`);
    expect(await Promise.all([cache.get('a', 0, make), cache.get('a', 9, make)])).toEqual(['value 1', 'value 1']);
    expect(await cache.get('a', 10, make)).toBe('value 2');
    // A clock that was set back must not keep a value alive for hours.
    expect(await cache.get('a', 3, make)).toBe('value 3');
  });

  it('never gives a value from before a drop to whoever asks after it', async () => {
    const cache = new PlaylistCache<string>(10, 5);
    const slow = later();
    const waiting = cache.get('a', 0, () => slow.value);
    cache.drop('a');
    const fresh = cache.get('a', 0, () => Promise.resolve('new'));
    slow.done('old');
    expect(await waiting).toBe('old');
    expect(await fresh).toBe('new');
    expect(await cache.get('a', 1, () => Promise.resolve('newer'))).toBe('new');
  });

  it('does not keep a failure, nor lets an old one drop a new value', async () => {
    const cache = new PlaylistCache<string>(10, 5);
    const slow = later();
    const waiting = cache.get('a', 0, () => slow.value);
    cache.clear();
    const fresh = cache.get('a', 0, () => Promise.resolve('new'));
    slow.fail(new Error('no'));
    await expect(waiting).rejects.toThrow('no');
    expect(await fresh).toBe('new');
    expect(await cache.get('a', 1, () => Promise.resolve('newer'))).toBe('new');
    await expect(cache.get('b', 0, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('b', 0, () => Promise.resolve('yes'))).toBe('yes');
  });

  it('keeps so many and no more, the newest', async () => {
    const cache = new PlaylistCache<number>(10, 2);
    for (const key of ['a', 'b', 'c']) await cache.get(key, 0, () => Promise.resolve(1));
    expect(await cache.get('b', 1, () => Promise.resolve(2))).toBe(1);
    expect(await cache.get('c', 1, () => Promise.resolve(2))).toBe(1);
    expect(await cache.get('a', 1, () => Promise.resolve(2))).toBe(2);
  });
});
