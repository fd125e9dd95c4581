/** Samples on each side that a value between two samples is computed from. */
export const REACH = 8;
const PHASES = 4;
const { abs, max } = Math;
type Eight = [number, number, number, number, number, number, number, number];

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

/** From the near sample outwards, on its own side and on the opposite side. */
const near = quarter.slice(0, REACH).reverse();
const far = quarter.slice(REACH);
const half = middle.slice(REACH);

/**
 * The largest possible contribution of the two adjacent samples, and of all others, to a value between samples. Most
 * values need not be computed.
 */
const weight = (taps: Float64Array, isBeside: boolean) =>
  taps.reduce((sum, tap, k) => ((k === REACH - 1 || k === REACH) === isBeside ? sum + abs(tap) : sum), 0);
const BESIDE = max(weight(quarter, true), weight(middle, true));
const AROUND = max(weight(quarter, false), weight(middle, false));

/**
 * Bound for skipping: two samples below the result have no value above `height` between them when no surrounding sample
 * is above `highest`. The bound follows from the weights, and from the fact that no sound is four times as high between
 * two samples as on them.
 */
export function nearOf(height: number, highest: number): number {
  return max(height / 4, (height - AROUND * highest) / BESIDE);
}

const [h0, h1, h2, h3, h4, h5, h6, h7] = [...half] as Eight;
const [n0, n1, n2, n3, n4, n5, n6, n7] = [...near] as Eight;
const [f0, f1, f2, f3, f4, f5, f6, f7] = [...far] as Eight;

/**
 * A quarter of the way between two values of the doubled rate, sound is at most 1.42 times as high as the higher of the
 * two.
 */
const QUARTER_BOUND = 1.5;

/**
 * Highest absolute value between `x[i]` and `x[i + 1]`; when that is at most `enough`, any value that is at most
 * `enough`. `x` must reach from `i − 7` to `i + 8`. Unrolled because it is the hottest code of a render.
 */
export function peakBetween(x: Float32Array, i: number, enough = 0): number {
  const l0 = x[i]!;
  const r0 = x[i + 1]!;
  const b = abs(
    (l0 + r0) * h0 +
      (x[i - 1]! + x[i + 2]!) * h1 +
      (x[i - 2]! + x[i + 3]!) * h2 +
      (x[i - 3]! + x[i + 4]!) * h3 +
      (x[i - 4]! + x[i + 5]!) * h4 +
      (x[i - 5]! + x[i + 6]!) * h5 +
      (x[i - 6]! + x[i + 7]!) * h6 +
      (x[i - 7]! + x[i + 8]!) * h7,
  );
  if (max(b, abs(l0), abs(r0)) * QUARTER_BOUND < enough) return b;
  // The three points are symmetric, so eight weights serve for a quarter and for three quarters.
  let a = l0 * n0 + r0 * f0;
  let c = l0 * f0 + r0 * n0;
  a += x[i - 1]! * n1 + x[i + 2]! * f1;
  c += x[i - 1]! * f1 + x[i + 2]! * n1;
  a += x[i - 2]! * n2 + x[i + 3]! * f2;
  c += x[i - 2]! * f2 + x[i + 3]! * n2;
  a += x[i - 3]! * n3 + x[i + 4]! * f3;
  c += x[i - 3]! * f3 + x[i + 4]! * n3;
  a += x[i - 4]! * n4 + x[i + 5]! * f4;
  c += x[i - 4]! * f4 + x[i + 5]! * n4;
  a += x[i - 5]! * n5 + x[i + 6]! * f5;
  c += x[i - 5]! * f5 + x[i + 6]! * n5;
  a += x[i - 6]! * n6 + x[i + 7]! * f6;
  c += x[i - 6]! * f6 + x[i + 7]! * n6;
  a += x[i - 7]! * n7 + x[i + 8]! * f7;
  c += x[i - 7]! * f7 + x[i + 8]! * n7;
  return max(abs(a), b, abs(c));
}
