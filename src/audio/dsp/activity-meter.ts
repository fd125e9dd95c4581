/** Below this level (dB relative to full scale, over 20 ms) nothing is audible. */
const QUIET = 10 ** (-50 / 10);
const SLICES_PER_SECOND = 50;

/** Finds loud and silent stretches of a stream in slices of 20 ms. Of two channels the louder counts. */
export class ActivityMeter {
  frames = 0;
  private readonly length: number;
  private readonly energies: number[] = [];
  private energy = 0;

  constructor(rate: number) {
    this.length = Math.round(rate / SLICES_PER_SECOND);
  }

  push(left: Float32Array, right: Float32Array = left): void {
    let { energy } = this;
    let missing = this.length - (this.frames % this.length);
    for (let i = 0; i < left.length; i++) {
      const a = left[i]! * left[i]!;
      const b = right[i]! * right[i]!;
      const square = a > b ? a : b;
      energy += square;
      if (--missing > 0) continue;
      this.energies.push(energy / this.length);
      energy = 0;
      missing = this.length;
    }
    this.energy = energy;
    this.frames += left.length;
  }

  /** Share of the slices that are audible, 0 to 1. */
  activeShare(): number {
    const loud = this.loud();
    return loud.length ? loud.filter(Boolean).length / loud.length : 0;
  }

  /** Longest silence between the first and the last audible slice, seconds. */
  longestSilence(): number {
    let longest = 0;
    let last = -1;
    this.loud().forEach((sounds, index) => {
      if (!sounds) return;
      if (last >= 0) longest = Math.max(longest, index - last - 1);
      last = index;
    });
    return longest / SLICES_PER_SECOND;
  }

  /**
   * `count` values from 0 to 1: the waveform that a page draws. Each is the RMS of its stretch; peaks of a limited clip
   * all reach its ceiling and would show no speech.
   */
  waveform(count: number): number[] {
    const energies = this.all();
    const points = Math.min(count, energies.length);
    return Array.from({ length: points }, (_, index) => {
      const from = Math.floor((index * energies.length) / points);
      const to = Math.floor(((index + 1) * energies.length) / points);
      const sum = energies.slice(from, to).reduce((total, energy) => total + energy, 0);
      return Math.round(Math.sqrt(sum / (to - from)) * 1000) / 1000;
    });
  }

  /** Frames in the incomplete slice. */
  private get part(): number {
    return this.frames % this.length;
  }

  /** Mean energy of every slice, the incomplete one too. */
  private all(): number[] {
    return this.part === 0 ? this.energies : [...this.energies, this.energy / this.part];
  }

  private loud(): boolean[] {
    return this.all().map((energy) => energy > QUIET);
  }
}
