/** How far music goes down while somebody speaks, dB: with its level, 18 under the speech. */
export const DUCK_DB = 11;
/** Speech is what is louder than this over 20 ms, dBFS: well over a voice's breath, well under its softest syllable. */
const SPEECH = 10 ** (-45 / 10);
const LISTEN_SECONDS = 0.02;
/** Music is away before the first syllable is over, and does not come up in the gaps between sentences (0.35 s). */
const DOWN_SECONDS = 0.04;
const HOLD_SECONDS = 0.45;
const UP_SECONDS = 0.5;

/** Sidechain: puts music under speech, over a stream of blocks, and lowers it while the speech sounds. */
export class Ducker {
  private energy = 0;
  private gain = 1;
  private held = 0;
  private readonly listen: number;
  private readonly down: number;
  private readonly up: number;
  private readonly hold: number;

  constructor(rate: number) {
    const pace = (seconds: number) => 1 - Math.exp(-1 / (seconds * rate));
    this.listen = pace(LISTEN_SECONDS);
    this.down = pace(DOWN_SECONDS);
    this.up = pace(UP_SECONDS);
    this.hold = Math.round(HOLD_SECONDS * rate);
  }

  /** Adds `music` to `speech`, in place; both as long. */
  run(speech: Float32Array, music: Float32Array): void {
    const { listen, down, up, hold } = this;
    const low = 10 ** (-DUCK_DB / 20);
    let { energy, gain, held } = this;
    for (let i = 0; i < speech.length; i++) {
      const voice = speech[i]!;
      energy += (voice * voice - energy) * listen;
      held = energy > SPEECH ? hold : held - 1;
      const wanted = held > 0 ? low : 1;
      gain += (wanted - gain) * (wanted < gain ? down : up);
      speech[i] = voice + music[i]! * gain;
    }
    this.energy = energy < 1e-20 ? 0 : energy;
    this.gain = gain;
    this.held = held < 0 ? 0 : held;
  }
}
