/** Turns the gain that each sample needs into the gain that it gets, and delays the sound until that gain is known. */
export class LookaheadSmoother {
  /** Ring buffer of the delayed samples. */
  private readonly waiting: Float32Array;
  private slot = 0;
  private space = new Float32Array(0);
  /** No gain reduction is active or pending: the result is 1 until a sample needs less. */
  private calm = true;
  /**
   * Ring buffer of the gains below 1 of the last samples, rising, each with its time: the first is the lowest that
   * still applies.
   */
  private readonly lowest: Float64Array;
  private readonly times: Int32Array;
  private first = 0;
  private count = 0;
  private time = 0;
  /** Ring buffer of the gains of the last look-ahead, and their sum. */
  private readonly gains: Float64Array;
  private at = 0;
  private sum: number;
  private gain = 1;
  private quiet = 0;

  /** `look`: samples of look-ahead. `back`: the share of a reduction that is released with each sample. */
  constructor(
    private readonly look: number,
    private readonly back: number,
  ) {
    this.waiting = new Float32Array(look);
    const ring = 2 ** Math.ceil(Math.log2(look + 2));
    this.lowest = new Float64Array(ring);
    this.times = new Int32Array(ring);
    this.gains = new Float64Array(look + 1).fill(1);
    this.sum = look + 1;
  }

  /**
   * The output for `sound`, `look` samples late; valid until the next call. `needs` has the gain that each sample
   * needs; undefined: 1 for all.
   */
  run(sound: Float32Array, needs: Float64Array | undefined): Float32Array {
    if (this.space.length < sound.length) this.space = new Float32Array(sound.length);
    const out = this.space.subarray(0, sound.length);
    const { waiting, look } = this;
    let { slot } = this;
    for (let n = 0; n < sound.length;) {
      if (this.calm) {
        // Pass samples through up to the next one that needs less.
        while (n < sound.length && (needs === undefined || needs[n] === 1)) {
          out[n] = waiting[slot]!;
          waiting[slot] = sound[n++]!;
          if (++slot === look) slot = 0;
        }
        if (n === sound.length) break;
      }
      this.slot = slot;
      n = this.bend(sound, needs, out, n);
      ({ slot } = this);
    }
    this.slot = slot;
    return out;
  }

  /** Reduces the gain from sample `n` until no reduction is left or the block ends; returns that position. */
  private bend(sound: Float32Array, needs: Float64Array | undefined, out: Float32Array, n: number): number {
    const { waiting, lowest, times, gains, look, back } = this;
    const mask = lowest.length - 1;
    const share = 1 / (look + 1);
    let { slot, first, count, time, at, sum, gain, quiet } = this;
    let calm = false;
    for (; n < sound.length && !calm; n++) {
      const need = needs === undefined ? 1 : needs[n]!;
      time++;
      if (need < 1) {
        while (count > 0 && lowest[(first + count - 1) & mask]! >= need) count--;
        const last = (first + count++) & mask;
        lowest[last] = need;
        times[last] = time;
      }
      if (count > 0 && times[first]! < time - look) {
        first = (first + 1) & mask;
        count--;
      }
      gain += (1 - gain) * back;
      if (gain > 0.9999) gain = 1;
      if (count > 0 && lowest[first]! < gain) gain = lowest[first]!;
      sum += gain - gains[at]!;
      gains[at] = gain;
      if (++at > look) at = 0;
      quiet = gain < 1 ? 0 : quiet + 1;
      out[n] = waiting[slot]! * sum * share;
      waiting[slot] = sound[n]!;
      if (++slot === look) slot = 0;
      calm = quiet > look + 1 && count === 0;
    }
    // Reset sum and time: the sum collects rounding errors only while it is in use.
    if (calm) [sum, time] = [look + 1, 0];
    Object.assign(this, { slot, first, count, time, at, sum, gain, quiet, calm });
    return n;
  }
}
