import type { Section } from './biquad-cascade.js';

/** ITU-R BS.1770-4: blocks of 400 ms, one every 100 ms. */
const STEP_SECONDS = 0.1;
const STEPS = 4;
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;

/** The two filters of BS.1770's K curve, for any sample rate: a high shelf for the head, and a high-pass. */
function kCurve(rate: number): [Section, Section] {
  const shelf = Math.tan((Math.PI * 1681.974450955533) / rate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + shelf / q + shelf * shelf;
  const low = Math.tan((Math.PI * 38.13547087602444) / rate);
  const lowQ = 0.5003270373238773;
  const low0 = 1 + low / lowQ + low * low;
  return [
    {
      b0: (high + (band * shelf) / q + shelf * shelf) / a0,
      b1: (2 * (shelf * shelf - high)) / a0,
      b2: (high - (band * shelf) / q + shelf * shelf) / a0,
      a1: (2 * (shelf * shelf - 1)) / a0,
      a2: (1 - shelf / q + shelf * shelf) / a0,
    },
    { b0: 1, b1: -2, b2: 1, a1: (2 * (low * low - 1)) / low0, a2: (1 - low / lowQ + low * low) / low0 },
  ];
}

/** Loudness of one channel of a stream. */
export class LoudnessMeter {
  /** Mean square of the K-weighted sound in each complete 100 ms. */
  readonly steps: number[] = [];
  private readonly length: number;
  private readonly head: Section;
  private readonly low: Section;
  private readonly state = new Float64Array(4);
  private sum = 0;
  private count = 0;

  constructor(rate: number) {
    this.length = Math.round(rate * STEP_SECONDS);
    [this.head, this.low] = kCurve(rate);
  }

  push(block: Float32Array): void {
    const { head, low, state, length } = this;
    const { b0, b1, b2, a1, a2 } = head;
    const { a1: c1, a2: c2 } = low;
    let [s1, s2, t1, t2] = state as unknown as [number, number, number, number];
    for (let from = 0; from < block.length;) {
      const to = Math.min(block.length, from + length - this.count);
      let sum = 0;
      for (let i = from; i < to; i++) {
        const x = block[i]!;
        const y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        const z = y + t1;
        t1 = t2 - 2 * y - c1 * z;
        t2 = y - c2 * z;
        sum += z * z;
      }
      this.sum += sum;
      this.count += to - from;
      from = to;
      if (this.count < length) break;
      this.steps.push(this.sum / length);
      this.sum = 0;
      this.count = 0;
    }
    state.set([s1, s2, t1, t2].map((value) => (Math.abs(value) < 1e-15 ? 0 : value)));
  }
}

/**
 * Integrated loudness, LUFS, of consecutive stretches of sound; −Infinity when nothing is above the gate. `channels`
 * equal channels sound 3 dB louder than one.
 */
export function integratedLoudness(stretches: readonly (readonly number[])[], channels = 1): number {
  const blocks = stretches.flatMap(blocksOf);
  const loudness = (power: number) => -0.691 + 10 * Math.log10(power * channels);
  const above = (gate: number) => blocks.filter((power) => loudness(power) > gate);
  const heard = above(ABSOLUTE_GATE);
  if (heard.length === 0) return -Infinity;
  const gate = loudness(mean(heard)) + RELATIVE_GATE;
  return loudness(mean(above(Math.max(gate, ABSOLUTE_GATE))));
}

function blocksOf(steps: readonly number[]): number[] {
  const blocks: number[] = [];
  for (let i = STEPS; i <= steps.length; i++) {
    blocks.push((steps[i - 1]! + steps[i - 2]! + steps[i - 3]! + steps[i - 4]!) / STEPS);
  }
  return blocks;
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
