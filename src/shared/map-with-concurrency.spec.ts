import { mapWithConcurrency } from './map-with-concurrency.js';

describe('mapLimited', () => {
  it('keeps order and never exceeds its limit', async () => {
    let running = 0;
    let most = 0;
    const results = await mapWithConcurrency([30, 1, 20, 1, 10], 2, undefined, async (ms) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, ms));
      running--;
      return ms * 2;
    });
    expect(results).toEqual([60, 2, 40, 2, 20]);
    expect(most).toBe(2);
  });

  it('stops the others at the first failure, and throws it when all have ended', async () => {
    const ended: number[] = [];
    const work = async (item: number, _index: number, signal: AbortSignal) => {
      if (item === 1) throw new Error('first');
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => setTimeout(resolve, 10)));
      ended.push(item);
      throw new Error('second');
    };
    await expect(mapWithConcurrency([0, 1, 2, 3], 2, undefined, work)).rejects.toThrow('first');
    expect(ended).toEqual([0]);
  });

  it('starts nothing after it was told to stop', async () => {
    const started: number[] = [];
    const stopped = AbortSignal.abort(new Error('stop'));
    const work = (item: number) => Promise.resolve(started.push(item));
    await expect(mapWithConcurrency([1, 2], 2, stopped, work)).rejects.toThrow('stop');
    expect(started).toEqual([]);
  });
});
