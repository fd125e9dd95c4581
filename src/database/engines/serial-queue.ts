import type { Lane } from './lane.js';

/**
 * Runs a limited number of tasks at a time, in the order of arrival; requests of people go before reports of machines.
 */
export class SerialQueue {
  private readonly waiting: Record<Lane, (() => void)[]> = { people: [], machines: [] };
  private free: number;

  constructor(width = 1) {
    this.free = width;
  }

  async take<T>(work: () => Promise<T>, lane: Lane = 'people'): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((turn) => this.waiting[lane].push(turn));
    try {
      return await work();
    } finally {
      const next = this.waiting.people.shift() ?? this.waiting.machines.shift();
      if (next) next();
      else this.free++;
    }
  }
}
