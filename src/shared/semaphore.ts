/** Lets so many work at once; the others wait, in the order of asking. */
export class Semaphore {
  private working = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.working < this.most) this.working++;
    // Whoever ends hands his place over, so nobody slips in between.
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
