const GAIN_TRIES = 5;

export interface GainSearch {
  /** How near is near enough, LU. */
  readonly tolerance: number;
  /** Gains after the first are whole multiples of this, dB. */
  readonly step: number;
  /** What a dB more gives, LU, until two tries have told. */
  readonly slope: number;
}

/**
 * The gain (dB) with which `loudnessAt` answers `aim`, found from `start` in at most five tries. A limiter gives back less than
 * it is given, so each miss is divided by the slope between the last two tries.
 */
export async function findGain(
  loudnessAt: (gain: number) => Promise<number>,
  start: number,
  aim: number,
  { tolerance, step, slope: likely }: GainSearch,
): Promise<number> {
  let gain = start;
  let slope = likely;
  let before: { gain: number; loudness: number } | undefined;
  for (let attempt = 1; ; attempt++) {
    const loudness = await loudnessAt(gain);
    const off = aim - loudness;
    if (before && gain !== before.gain) slope = (loudness - before.loudness) / (gain - before.gain);
    if (Math.abs(off) <= tolerance || attempt === GAIN_TRIES || !Number.isFinite(off)) return gain;
    before = { gain, loudness };
    // Past 24 dB a limiter only makes noise of speech.
    const next = Math.min(gain + off / Math.min(1, Math.max(0.25, slope)), start + 24);
    gain = Math.round(next / step) * step;
  }
}
