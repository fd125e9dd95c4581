/** Samples on each side from which a value between two samples is reckoned. */
export const REACH = 8;
const PHASES = 4;
const { abs, max } = Math;

/** Windowed sinc, a quarter and half of the way to the next sample: four-fold oversampling as in ITU-R BS.1770, annex 2. */
const [quarter, middle] = [1, 2].map((phase) => {
  const taps = new Float64Array(2 * REACH);
  for (let k = 0; k < taps.length; k++) {
    const x = k - (REACH - 1) - phase / PHASES;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / (REACH + 0.5));
    taps[k] = (Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  }
  const sum = taps.reduce((a, b) => a + b);
  return taps.map((tap) => tap / sum);
}) as [Float64Array, Float64Array];
/** From the near sample outwards, on its own side and on the other. */
const near = quarter.slice(0, REACH).reverse();
const far = quarter.slice(REACH);
const half = middle.slice(REACH);

/** A value between samples is at most this many times the highest sample around it, so most need not be reckoned. */
export const BOUND = Math.max(...[quarter, middle].map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));

/** Highest absolute value between `x[i]` and `x[i + 1]`; `x` must reach from `i − 7` to `i + 8`. */
export function peakBetween(x: Float32Array, i: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  for (let k = 0; k < REACH; k++) {
    const left = x[i - k]!;
    const right = x[i + 1 + k]!;
    // The three points lie alike seen from both sides, so eight weights do for a quarter and for three quarters.
    a += left * near[k]! + right * far[k]!;
    b += (left + right) * half[k]!;
    c += left * far[k]! + right * near[k]!;
  }
  return max(abs(a), abs(b), abs(c));
}

/** The end of what came before, put before what comes next: values between the two are reckoned like all others. */
export class Context {
  private space = new Float32Array(2 * REACH);

  /** 16 samples of before, then `block` times `gain`. Valid until the next call. */
  before(block: Float32Array, gain = 1): Float32Array {
    const last = this.space.subarray(this.space.length - 2 * REACH);
    const space =
      this.space.length === block.length + 2 * REACH ? this.space : new Float32Array(block.length + 2 * REACH);
    space.set(last);
    if (gain === 1) space.set(block, 2 * REACH);
    else for (let i = 0; i < block.length; i++) space[i + 2 * REACH] = block[i]! * gain;
    this.space = space;
    return space;
  }
}

/** Highest sample of each group of 16, so that whole groups can be passed over. */
export function groupPeaks(x: Float32Array): Float32Array {
  const peaks = new Float32Array(Math.ceil(x.length / 16));
  for (let g = 0; g < peaks.length; g++) {
    const end = Math.min(x.length, g * 16 + 16);
    let highest = 0;
    for (let i = g * 16; i < end; i++) {
      const height = x[i]! < 0 ? -x[i]! : x[i]!;
      if (height > highest) highest = height;
    }
    peaks[g] = highest;
  }
  return peaks;
}
