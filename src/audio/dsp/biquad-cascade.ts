/** One second-order section, normalised so that a0 is 1: y = b0 x + b1 x' + b2 x'' − a1 y' − a2 y''. */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Passes everything. */
const open: Section = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };
/** Q factor of a second-order Butterworth section. */
const FLAT = Math.SQRT1_2;

/** Cut-off in hertz, 12 dB an octave (Audio EQ Cookbook). */
export function highPass(hertz: number, rate: number): Section {
  const { cos, alpha, a0 } = angle(hertz, rate);
  const b0 = (1 + cos) / 2 / a0;
  return { b0, b1: -2 * b0, b2: b0, a1: (-2 * cos) / a0, a2: (1 - alpha) / a0 };
}

/** Cut-off in hertz, 12 dB an octave (Audio EQ Cookbook). */
export function lowPass(hertz: number, rate: number): Section {
  const { cos, alpha, a0 } = angle(hertz, rate);
  const b0 = (1 - cos) / 2 / a0;
  return { b0, b1: 2 * b0, b2: b0, a1: (-2 * cos) / a0, a2: (1 - alpha) / a0 };
}

function angle(hertz: number, rate: number) {
  const w = (2 * Math.PI * hertz) / rate;
  const alpha = Math.sin(w) / (2 * FLAT);
  return { cos: Math.cos(w), alpha, a0: 1 + alpha };
}

/** Runs sections in series over a stream of blocks; each block is changed in place. */
export class BiquadCascade {
  private readonly states: Float64Array;

  constructor(private readonly sections: readonly Section[]) {
    this.states = new Float64Array(2 * sections.length + 2);
  }

  /** Runs two sections per pass: the processor works on both at once. */
  run(block: Float32Array): void {
    for (let n = 0; n < this.sections.length; n += 2) this.two(block, n);
  }

  private two(block: Float32Array, n: number): void {
    const { b0, b1, b2, a1, a2 } = this.sections[n]!;
    const { b0: d0, b1: d1, b2: d2, a1: c1, a2: c2 } = this.sections[n + 1] ?? open;
    let [s1, s2, t1, t2] = this.states.subarray(2 * n, 2 * n + 4) as unknown as [number, number, number, number];
    for (let i = 0; i < block.length; i++) {
      const x = block[i]!;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      const z = d0 * y + t1;
      t1 = d1 * y - c1 * z + t2;
      t2 = d2 * y - c2 * z;
      block[i] = z;
    }
    // Round an inaudible tail down to zero: arithmetic on denormal numbers is slow.
    this.states.set(
      [s1, s2, t1, t2].map((value) => (Math.abs(value) < 1e-12 ? 0 : value)),
      2 * n,
    );
  }
}
