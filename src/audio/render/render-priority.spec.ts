import { renderPriority } from './render-priority.js';

describe('the order in which clips are made', () => {
  /** Units in the order of service: a stable sort, as the jobs table sorts by the time of the request. */
  const served = (asked: [string, 'normal' | 'priority' | 'emergency'][]) => {
    const waiting = new Map<string, number>();
    const queue = asked.map(([unit, bulletinClass]) => {
      const before = waiting.get(unit) ?? 0;
      waiting.set(unit, before + 1);
      return { unit, priority: renderPriority(bulletinClass, before) };
    });
    return queue.sort((a, b) => a.priority - b.priority).map(({ unit }) => unit);
  };

  it('a ward that asks for many leaves room for one that asks for one', () => {
    const many = Array.from({ length: 10 }, (): [string, 'normal'] => ['A', 'normal']);
    expect(served([...many, ['B', 'normal']])).toEqual(['A', 'B', ...Array<string>(9).fill('A')]);
  });

  it('an emergency goes before all, the priority class before normal, however many wait', () => {
    const asked: [string, 'normal' | 'priority' | 'emergency'][] = [
      ['A', 'normal'],
      ...Array.from({ length: 30 }, (): [string, 'priority'] => ['B', 'priority']),
      ['C', 'emergency'],
    ];
    const order = served(asked);
    expect([order[0], order[1], order.at(-1)]).toEqual(['C', 'B', 'A']);
  });
});
