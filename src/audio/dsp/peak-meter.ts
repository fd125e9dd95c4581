import { nearOf, peakBetween, REACH } from './inter-sample-peaks.js';
import { GroupPeaks } from './group-peaks.js';
import { OverlapBuffer } from './overlap-buffer.js';

const { abs, max, min } = Math;

/**
 * True peak (ITU-R BS.1770, annex 2) of one channel of a stream. Computes only the values that can be a new maximum.
 */
export class PeakMeter {
  /** Linear, 1 is full scale. */
  peak = 0;
  /** Samples where the peak exceeds the ceiling; one entry for each group of 16. */
  readonly overs: { at: number; peak: number }[] = [];
  private pushed = 0;
  private readonly context = new OverlapBuffer();
  private readonly groups = new GroupPeaks();

  /** `ceiling` is linear; every peak above it is recorded. */
  constructor(private readonly ceiling = Infinity) {}

  push(block: Float32Array): void {
    const x = this.context.before(block);
    const groups = this.groups.of(x);
    const last = x.length - REACH - 1;
    for (let g = 0; g < groups.length; g++) {
      const enough = min(this.peak, this.ceiling);
      const own = groups[g]!;
      const near = nearOf(enough, max(groups[g - 1] ?? 0, own, groups[g + 1] ?? 0));
      // The right sample of a pair may be in the next group.
      if (max(own, abs(x[g * 16 + 16] ?? 0)) <= near) continue;
      let highest = own;
      const to = min(last, g * 16 + 15);
      for (let i = max(REACH - 1, g * 16); i <= to; i++) {
        if (max(abs(x[i]!), abs(x[i + 1]!)) > near) highest = max(highest, peakBetween(x, i, enough));
      }
      if (highest > this.peak) this.peak = highest;
      if (highest > this.ceiling) this.overs.push({ at: this.pushed + g * 16 - 2 * REACH, peak: highest });
    }
    this.pushed += block.length;
  }
}
