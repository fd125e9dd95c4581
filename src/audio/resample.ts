import type { Pcm } from '../speech/voices/wav.js';

/** Zero crossings of the sinc on each side: the images of speech are down by more than 60 dB. */
const HALF_WIDTH = 16;

/** How many samples `frames` become. */
export function resampledFrames(frames: number, from: number, to: number): number {
  return Math.round((frames * to) / from);
}

/** Band-limited change of the sample rate (windowed sinc, one set of weights for each phase). Same length in seconds, same level. */
export function resample(pcm: Pcm, rate: number): Pcm {
  if (pcm.rate === rate) return pcm;
  const common = gcd(pcm.rate, rate);
  const phases = rate / common;
  const stride = pcm.rate / common;
  const narrow = Math.min(1, rate / pcm.rate);
  const reach = Math.ceil(HALF_WIDTH / narrow);
  const weights = Array.from({ length: phases }, (_, phase) => weightsFor(phase / phases, reach, narrow));
  const input = pcm.samples;
  const samples = new Int16Array(resampledFrames(input.length, pcm.rate, rate));
  const { floor, max, min, round } = Math;
  for (let i = 0; i < samples.length; i++) {
    const position = i * stride;
    const whole = floor(position / phases);
    const phase = position % phases;
    if (phase === 0 && narrow === 1) {
      // On an input sample every other weight is zero: half the work when a rate is doubled.
      samples[i] = input[whole]!;
      continue;
    }
    const taps = weights[phase]!;
    const first = whole - reach + 1;
    const from = max(0, -first);
    const to = min(taps.length, input.length - first);
    let sum = 0;
    for (let k = from; k < to; k++) sum += input[first + k]! * taps[k]!;
    samples[i] = max(-32768, min(32767, round(sum)));
  }
  return { rate, samples };
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
  // Each phase passes a steady value unchanged; else the phases would hum at the input's rate.
  const sum = taps.reduce((a, b) => a + b);
  return taps.map((tap) => tap / sum);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
