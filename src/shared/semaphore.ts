/** Lets a limited number of tasks work at once; the others wait in the order of arrival. */
export class Semaphore {
  private working = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.working < this.most) this.working++;
    // A task that ends hands its place to the next waiting one, so no later task can take it.
    else await new Promise<void>((begin) => this.waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.working--;
    }
  }
}
