import type { Pcm } from '../../speech/voices/sound/wav.js';

/** Zero crossings of the sinc on each side: images of speech are more than 60 dB down. */
const HALF_WIDTH = 16;

type Eight = [number, number, number, number, number, number, number, number];

/** Number of samples after resampling `frames`. */
export function resampledFrames(frames: number, from: number, to: number): number {
  return Math.round((frames * to) / from);
}

/**
 * Band-limited resampling (windowed sinc, one set of weights for each phase). Results are −1 to 1 and may exceed that
 * slightly. Duration and level stay the same.
 */
export function resample(pcm: Pcm, rate: number): Float32Array {
  const input = new Float32Array(pcm.samples.length);
  for (let i = 0; i < input.length; i++) input[i] = pcm.samples[i]! / 32768;
  if (pcm.rate === rate) return input;
  return rate === 2 * pcm.rate ? doubled(input) : anyRate(input, pcm.rate, rate);
}

/**
 * Twice the rate, the usual case: the samples themselves, and between each two one value from weights that are equal on
 * both sides.
 */
function doubled(input: Float32Array): Float32Array {
  const [w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15] = halfWay;
  const padded = new Float32Array(input.length + 2 * HALF_WIDTH);
  padded.set(input, HALF_WIDTH);
  const samples = new Float32Array(2 * input.length);
  for (let i = 0, p = HALF_WIDTH; i < input.length; i++, p++) {
    samples[2 * i] = input[i]!;
    // Unrolled because it is the hottest code of a render: three times as fast as a loop.
    samples[2 * i + 1] =
      (padded[p]! + padded[p + 1]!) * w0 +
      (padded[p - 1]! + padded[p + 2]!) * w1 +
      (padded[p - 2]! + padded[p + 3]!) * w2 +
      (padded[p - 3]! + padded[p + 4]!) * w3 +
      (padded[p - 4]! + padded[p + 5]!) * w4 +
      (padded[p - 5]! + padded[p + 6]!) * w5 +
      (padded[p - 6]! + padded[p + 7]!) * w6 +
      (padded[p - 7]! + padded[p + 8]!) * w7 +
      (padded[p - 8]! + padded[p + 9]!) * w8 +
      (padded[p - 9]! + padded[p + 10]!) * w9 +
      (padded[p - 10]! + padded[p + 11]!) * w10 +
      (padded[p - 11]! + padded[p + 12]!) * w11 +
      (padded[p - 12]! + padded[p + 13]!) * w12 +
      (padded[p - 13]! + padded[p + 14]!) * w13 +
      (padded[p - 14]! + padded[p + 15]!) * w14 +
      (padded[p - 15]! + padded[p + 16]!) * w15;
  }
  return samples;
}

function anyRate(input: Float32Array, from: number, to: number): Float32Array {
  const common = gcd(from, to);
  const phases = to / common;
  const stride = from / common;
  const narrow = Math.min(1, to / from);
  const reach = Math.ceil(HALF_WIDTH / narrow);
  const weights = Array.from({ length: phases }, (_, phase) => weightsFor(phase / phases, reach, narrow));
  const padded = new Float32Array(input.length + 2 * reach + 1);
  padded.set(input, reach);
  const samples = new Float32Array(resampledFrames(input.length, from, to));
  let whole = 0;
  let phase = 0;
  for (let i = 0; i < samples.length; i++) {
    const taps = weights[phase]!;
    const first = whole + 1;
    let sum = 0;
    for (let k = 0; k < taps.length; k++) sum += padded[first + k]! * taps[k]!;
    samples[i] = sum;
    phase += stride;
    while (phase >= phases) {
      phase -= phases;
      whole++;
    }
  }
  return samples;
}

function weightsFor(fraction: number, reach: number, narrow: number): Float64Array {
  const taps = new Float64Array(2 * reach);
  for (let k = 0; k < taps.length; k++) {
    const distance = k - reach + 1 - fraction;
    const x = distance * narrow;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    const window = Math.abs(distance) >= reach ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach);
    taps[k] = sinc * window;
  }
  // Normalise so that each phase passes a constant value unchanged; otherwise the phases hum at the input's rate.
  const sum = taps.reduce((a, b) => a + b);
  return taps.map((tap) => tap / sum);
}

/** Half way between two samples, from the near one outwards; the same on both sides. */
const halfWay = [...weightsFor(0.5, HALF_WIDTH, 1).subarray(HALF_WIDTH)] as unknown as [...Eight, ...Eight];

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
