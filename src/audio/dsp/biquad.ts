/** One second-order section, normalised so that a0 is 1: y = b0 x + b1 x' + b2 x'' − a1 y' − a2 y''. */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Quality of a second-order Butterworth section. */
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

/** Sections one after the other over a stream of blocks; each block is changed in place. */
export class Biquads {
  private readonly states: Float64Array;

  constructor(private readonly sections: readonly Section[]) {
    this.states = new Float64Array(sections.length * 2);
  }

  run(block: Float32Array): void {
    this.sections.forEach(({ b0, b1, b2, a1, a2 }, n) => {
      let s1 = this.states[2 * n]!;
      let s2 = this.states[2 * n + 1]!;
      for (let i = 0; i < block.length; i++) {
        const x = block[i]!;
        const y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        block[i] = y;
      }
      // A tail that nobody hears becomes silence; numbers that small are slow to reckon with.
      this.states[2 * n] = Math.abs(s1) < 1e-12 ? 0 : s1;
      this.states[2 * n + 1] = Math.abs(s2) < 1e-12 ? 0 : s2;
    });
  }
}
