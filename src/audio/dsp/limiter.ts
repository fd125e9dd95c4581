import { BOUND, Context, groupPeaks, peakBetween, REACH } from './between.js';

const LOOK_AHEAD_SECONDS = 0.003;
const RELEASE_SECONDS = 0.06;
const { abs, max } = Math;

/**
 * Keeps the true peak of a stream of blocks under a ceiling. It sees a peak coming, between the samples too, and bends the
 * gain towards it over the look-ahead: the lowest gain that any of the next samples needs, let go slowly, averaged. Each
 * average is over minimums that all include the sample, so no sample is ever let through too high.
 */
export class Limiter {
  /** What goes in comes out so many samples later; feed as many zeros to have all. */
  readonly delay: number;
  private readonly look: number;
  private readonly context = new Context();
  /** The samples under way, as a ring. */
  private readonly waiting: Float32Array;
  private slot = 0;
  private readonly bend: GainBend;
  /** Two samples under this have no peak over the ceiling between them. */
  private readonly near: number;

  constructor(
    private readonly ceiling: number,
    rate: number,
  ) {
    this.look = Math.round(LOOK_AHEAD_SECONDS * rate);
    this.delay = this.look + REACH;
    this.waiting = new Float32Array(this.look);
    // Sound of up to a third of the rate is at most twice as high between two samples as on them; at a low rate there is more.
    this.near = ceiling / (rate > 40_000 ? 2 : 4);
    this.bend = new GainBend(this.look, 1 - Math.exp(-1 / (RELEASE_SECONDS * rate)));
  }

  /** As many samples as go in, `gain` times as high (linear), `delay` later. */
  run(input: Float32Array, gain = 1): Float32Array {
    const { ceiling, look, waiting, bend } = this;
    const x = this.context.before(input, gain);
    const groups = groupPeaks(x);
    const suspicious = ceiling / BOUND;
    const { near } = this;
    const out = new Float32Array(input.length);
    let { slot } = this;
    // The peak between the sample before and this one; −1 where it has not been reckoned.
    let before = -1;
    for (let n = 0; n < input.length; n++) {
      const i = n + REACH;
      const g = i >> 4;
      let need = 1;
      if (groups[g]! > suspicious || groups[g - 1]! > suspicious || groups[g + 1]! > suspicious) {
        const here = abs(x[i]!);
        const after = max(here, abs(x[i + 1]!)) > near ? peakBetween(x, i) : 0;
        const peak = max(here, before < 0 ? peakBetween(x, i - 1) : before, after);
        before = after;
        if (peak > ceiling) need = ceiling / peak;
      } else before = -1;
      out[n] = waiting[slot]! * (need === 1 && bend.calm ? 1 : bend.next(need));
      waiting[slot] = x[i]!;
      if (++slot === look) slot = 0;
    }
    this.slot = slot;
    return out;
  }
}

/** From the gain that each sample needs to the gain that each gets. */
class GainBend {
  /** Nothing is bent and nothing will be: the answer is 1 until somebody needs less. */
  calm = true;
  /** Gains below 1 of the last samples, rising, with the time of each, as a ring: the first is the lowest still to be kept. */
  private readonly needs: Float64Array;
  private readonly times: Int32Array;
  private first = 0;
  private count = 0;
  private time = 0;
  /** The gains of the last look-ahead, as a ring, and their sum. */
  private readonly gains: Float64Array;
  private at = 0;
  private sum: number;
  private gain = 1;
  private quiet = 0;

  constructor(
    private readonly look: number,
    private readonly back: number,
  ) {
    this.needs = new Float64Array(look + 2);
    this.times = new Int32Array(look + 2);
    this.gains = new Float64Array(look + 1).fill(1);
    this.sum = look + 1;
  }

  next(need: number): number {
    const { needs, times, gains, look } = this;
    const size = needs.length;
    const time = ++this.time;
    if (need < 1) {
      this.calm = false;
      while (this.count > 0 && needs[(this.first + this.count - 1) % size]! >= need) this.count--;
      const last = (this.first + this.count++) % size;
      needs[last] = need;
      times[last] = time;
    }
    if (this.count > 0 && times[this.first]! < time - look) {
      this.first = (this.first + 1) % size;
      this.count--;
    }
    let gain = this.gain + (1 - this.gain) * this.back;
    if (gain > 0.9999) gain = 1;
    if (this.count > 0 && needs[this.first]! < gain) gain = needs[this.first]!;
    this.gain = gain;
    this.sum += gain - gains[this.at]!;
    gains[this.at] = gain;
    if (++this.at > look) this.at = 0;
    this.quiet = gain < 1 ? 0 : this.quiet + 1;
    if (this.quiet > look + 1 && this.count === 0) this.rest();
    return this.sum / (look + 1);
  }

  /** The sum gathers rounding errors only as long as it is in use, and the time starts anew. */
  private rest(): void {
    this.sum = this.look + 1;
    this.time = 0;
    this.calm = true;
  }
}
