/** How far music is lowered during speech, dB; together with its own level it is then 18 dB below the speech. */
export const DUCK_DB = 11;
/** Louder than this over 20 ms counts as speech, dBFS: well above a voice's breath, well below its softest syllable. */
const SPEECH = 10 ** (-45 / 10);
const LISTEN_SECONDS = 0.02;
/** The music is down before the first syllable ends and stays down in the gaps between sentences (0.35 s). */
const DOWN_SECONDS = 0.04;
const HOLD_SECONDS = 0.45;
const UP_SECONDS = 0.5;

/** Sidechain ducking: adds music to a stream of speech blocks and lowers it during speech. */
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

  /** Adds `music` to `speech`, in place; both have the same length. */
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
