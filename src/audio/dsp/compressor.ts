const THRESHOLD_DB = -26;
const RATIO = 3;
const KNEE_DB = 12;
const ATTACK_SECONDS = 0.008;
const RELEASE_SECONDS = 0.12;
/** Samples per gain value (a third of a millisecond); between the values the gain is interpolated linearly. */
const STEP = 16;
const { log10, min } = Math;

/**
 * Compresses a stream of blocks in place; block lengths are multiples of 16. Gentle enough for speech: ratio 3 to 1,
 * soft knee.
 */
export class Compressor {
  private energy = 0;
  private gain = 1;
  private readonly attack: number;
  private readonly release: number;

  constructor(rate: number) {
    this.attack = 1 - Math.exp(-1 / (ATTACK_SECONDS * rate));
    this.release = 1 - Math.exp(-1 / (RELEASE_SECONDS * rate));
  }

  run(block: Float32Array): void {
    const { attack, release } = this;
    let { energy, gain } = this;
    for (let from = 0; from < block.length; from += STEP) {
      const to = min(from + STEP, block.length);
      for (let i = from; i < to; i++) {
        const square = block[i]! * block[i]!;
        energy += (square - energy) * (square > energy ? attack : release);
      }
      const slope = (gainFor(energy) - gain) / (to - from);
      for (let i = from; i < to; i++) {
        gain += slope;
        block[i] = block[i]! * gain;
      }
    }
    this.energy = energy < 1e-20 ? 0 : energy;
    this.gain = gain;
  }
}

function gainFor(energy: number): number {
  if (energy < 1e-5) return 1;
  const over = 10 * log10(energy) - THRESHOLD_DB;
  if (over <= -KNEE_DB / 2) return 1;
  const past = over >= KNEE_DB / 2 ? over : (over + KNEE_DB / 2) ** 2 / (2 * KNEE_DB);
  return 10 ** ((-past * (1 - 1 / RATIO)) / 20);
}
