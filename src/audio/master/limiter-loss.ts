/**
 * Estimates how loud sound comes out of a limiter without sending all of it through: learns the loss at each level from
 * a sample and applies it to everything. Levels are mean squares of 100 ms (the steps of a LoudnessMeter). The model is
 * a line, loss in dB over level in dB: its two numbers hardly move when one sentence of the sample is odd.
 */
export class LimiterLoss {
  private readonly slope: number;
  private readonly level: number;
  private readonly loss: number;

  /** `before` and `after`: steps of the same sound before the gain and behind the limiter. */
  constructor(
    before: readonly number[],
    after: readonly number[],
    private readonly gainDb: number,
  ) {
    // Silent steps carry no information; loud steps count for more, as they do in the loudness of the whole.
    const heard = before.flatMap((power, i) => (power > 1e-7 && after[i]! > 0 ? [{ power, after: after[i]! }] : []));
    const weight = sum(heard.map(({ power }) => power));
    const points = heard.map(({ power, after: out }) => {
      return { share: power / weight, x: decibels(power), y: decibels(out / power) - gainDb };
    });
    this.level = sum(points.map(({ share, x }) => share * x));
    const loss = sum(points.map(({ share, y }) => share * y));
    const spread = sum(points.map(({ share, x }) => share * (x - this.level) ** 2));
    const together = sum(points.map(({ share, x, y }) => share * (x - this.level) * (y - loss)));
    this.slope = spread > 0.1 ? together / spread : 0;
    this.loss = loss;
    // The mean of decibels is not the decibels of the mean: correct so that the energy of the sample itself comes out
    // right.
    const guessed = sum(this.apply(heard.map(({ power }) => power)));
    if (guessed > 0) this.loss = loss + decibels(sum(heard.map(({ after: out }) => out)) / guessed);
  }

  /** `steps` as they would come out of the limiter. */
  apply(steps: readonly number[]): number[] {
    return steps.map((power) => {
      if (power <= 0) return 0;
      const loss = Math.min(0, this.loss + this.slope * (decibels(power) - this.level));
      return power * 10 ** ((this.gainDb + loss) / 10);
    });
  }
}

function decibels(ratio: number): number {
  return 10 * Math.log10(ratio);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
