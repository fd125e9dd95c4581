import { BOUND, Context, groupPeaks, peakBetween, REACH } from './between.js';

const { max, min } = Math;

/** True peak (ITU-R BS.1770, annex 2) of one channel as it streams by. Only what could be a new highest is reckoned. */
export class PeakMeter {
  /** Linear, 1 is full scale. */
  peak = 0;
  /** The samples around which the peak passes the ceiling; one entry a group of 16. */
  readonly overs: { at: number; peak: number }[] = [];
  private pushed = 0;
  private readonly context = new Context();

  /** `ceiling`, linear: what passes it is noted each time. */
  constructor(private readonly ceiling = Infinity) {}

  push(block: Float32Array): void {
    const x = this.context.before(block);
    const groups = groupPeaks(x);
    const last = x.length - REACH - 1;
    for (let g = 0; g < groups.length; g++) {
      const possible = max(groups[g - 1] ?? 0, groups[g]!, groups[g + 1] ?? 0) * BOUND;
      if (possible <= min(this.peak, this.ceiling)) continue;
      let highest = groups[g]!;
      const to = min(last, g * 16 + 15);
      for (let i = max(REACH - 1, g * 16); i <= to; i++) highest = max(highest, peakBetween(x, i));
      if (highest > this.peak) this.peak = highest;
      if (highest > this.ceiling) this.overs.push({ at: this.pushed + g * 16 - 2 * REACH, peak: highest });
    }
    this.pushed += block.length;
  }
}
