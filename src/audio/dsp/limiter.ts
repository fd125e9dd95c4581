import { nearOf, peakBetween, REACH } from './inter-sample-peaks.js';
import { GroupPeaks } from './group-peaks.js';
import { OverlapBuffer } from './overlap-buffer.js';
import { LookaheadSmoother } from './lookahead-smoother.js';

const LOOK_AHEAD_SECONDS = 0.003;
const RELEASE_SECONDS = 0.06;
const { abs, max, min } = Math;

/**
 * Keeps the true peak of a stream of blocks under a ceiling. It sees a peak ahead, between samples too, and lowers the
 * gain over the look-ahead: the lowest gain that any of the next samples needs, released slowly, then averaged. Every
 * average covers only minimums that include the sample, so no sample exceeds the ceiling.
 */
export class Limiter {
  /** Samples between input and output; feed as many zeros to flush. */
  readonly delay: number;
  private readonly context = new OverlapBuffer();
  private readonly groups = new GroupPeaks();
  private readonly bend: LookaheadSmoother;
  /** The gain that each sample of a block needs. */
  private needs = new Float64Array(0);

  constructor(
    private readonly ceiling: number,
    rate: number,
  ) {
    const look = Math.round(LOOK_AHEAD_SECONDS * rate);
    this.delay = look + REACH;
    this.bend = new LookaheadSmoother(look, 1 - Math.exp(-1 / (RELEASE_SECONDS * rate)));
  }

  /**
   * Returns as many samples as it receives, `delay` samples late, multiplied by `gain` (linear); valid until the next
   * call.
   */
  run(input: Float32Array, gain = 1): Float32Array {
    const x = this.context.before(input, gain);
    if (this.needs.length < input.length) this.needs = new Float64Array(input.length);
    const bends = this.reckon(x, input.length);
    const sound = x.subarray(REACH, REACH + input.length);
    return this.bend.run(sound, bends ? this.needs : undefined);
  }

  /** Whether any sample needs a gain below 1. */
  private reckon(x: Float32Array, length: number): boolean {
    const { ceiling, needs } = this;
    const groups = this.groups.of(x);
    let bends = false;
    // The peak between the previous sample and this one; −1 where it was not computed.
    let before = -1;
    for (let g = 0, n = 0; n < length; g++) {
      const to = min(length, g * 16 + 16 - REACH);
      const near = nearOf(ceiling, max(groups[g - 1] ?? 0, groups[g]!, groups[g + 1] ?? 0));
      // The first and the last pair have one sample in the neighbouring group.
      if (max(groups[g]!, abs(x[n + REACH - 1]!), abs(x[to + REACH]!)) <= near) {
        needs.fill(1, n, to);
        before = -1;
        n = to;
      }
      for (; n < to; n++) {
        const i = n + REACH;
        const here = abs(x[i]!);
        if (before < 0) before = max(here, abs(x[i - 1]!)) > near ? peakBetween(x, i - 1, ceiling) : 0;
        const after = max(here, abs(x[i + 1]!)) > near ? peakBetween(x, i, ceiling) : 0;
        const peak = max(here, before, after);
        before = after;
        needs[n] = peak > ceiling ? ceiling / peak : 1;
        if (peak > ceiling) bends = true;
      }
    }
    return bends;
  }
}
