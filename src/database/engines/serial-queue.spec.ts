import { setImmediate as later } from 'node:timers/promises';
import type { Lane } from './lane.js';
import { SerialQueue } from './serial-queue.js';

describe('turns', () => {
  const run = async (queue: SerialQueue, asked: readonly [name: string, lane?: Lane][]) => {
    const begun: string[] = [];
    let running = 0;
    let most = 0;
    const work = (name: string) => async () => {
      begun.push(name);
      most = Math.max(most, ++running);
      await later();
      running--;
      if (name === 'fails') throw new Error(name);
    };
    await Promise.allSettled(asked.map(([name, lane]) => queue.take(work(name), lane)));
    return { begun, most };
  };

  it('come one after the other in the order of asking, also after one that failed', async () => {
    const { begun, most } = await run(new SerialQueue(), [['a'], ['fails'], ['b']]);
    expect([begun, most]).toEqual([['a', 'fails', 'b'], 1]);
  });

  it('of people come before those of machines that have waited longer', async () => {
    const asked = [['first', 'machines'], ['second', 'machines'], ['third', 'machines'], ['person']] as const;
    const { begun } = await run(
      new SerialQueue(),
      asked.map(([name, lane]) => [name, lane]),
    );
    expect(begun).toEqual(['first', 'person', 'second', 'third']);
  });

  it('are as many at a time as the queue is wide, and are free again afterwards', async () => {
    const queue = new SerialQueue(2);
    for (let round = 0; round < 2; round++) {
      const { begun, most } = await run(queue, [['a'], ['fails'], ['b'], ['c']]);
      expect([begun.length, most]).toEqual([4, 2]);
    }
  });
});
