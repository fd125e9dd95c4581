/** Width of a bin, dB. */
const WIDTH = 1;

/**
 * What a limiter takes from sound of each level, learnt on a sample and applied to all: how loud all would come out, without
 * sending all through. Levels are mean squares of 100 ms (the steps of a LoudnessMeter); a step that is silent tells nothing.
 */
export class LimiterLoss {
  private readonly sums = new Map<number, { before: number; after: number }>();
  private readonly bins: number[];

  /** `before` and `after`: steps of the same sound before the gain and behind the limiter. */
  constructor(
    before: readonly number[],
    after: readonly number[],
    private readonly gainDb: number,
  ) {
    before.forEach((power, i) => {
      if (power < 1e-7 || !after[i]) return;
      const bin = binOf(power);
      const sum = this.sums.get(bin) ?? { before: 0, after: 0 };
      sum.before += power;
      sum.after += after[i];
      this.sums.set(bin, sum);
    });
    this.bins = [...this.sums.keys()].sort((a, b) => a - b);
  }

  /** `steps` as they would come out. */
  apply(steps: readonly number[]): number[] {
    return steps.map((power) => (power > 0 ? power * 10 ** ((this.gainDb + this.at(power)) / 10) : 0));
  }

  /** dB, negative; straight between the bins, level beyond them. */
  private at(power: number): number {
    const { bins } = this;
    if (bins.length === 0) return 0;
    const exact = (10 * Math.log10(power)) / WIDTH - 0.5;
    const upper = bins.findIndex((bin) => bin >= exact);
    if (upper < 0) return this.mean(bins.at(-1)!);
    if (upper === 0) return this.mean(bins[0]!);
    const [low, high] = [bins[upper - 1]!, bins[upper]!];
    const share = (exact - low) / (high - low);
    return this.mean(low) * (1 - share) + this.mean(high) * share;
  }

  private mean(bin: number): number {
    const { before, after } = this.sums.get(bin)!;
    return 10 * Math.log10(after / before) - this.gainDb;
  }
}

function binOf(power: number): number {
  return Math.floor((10 * Math.log10(power)) / WIDTH);
}
