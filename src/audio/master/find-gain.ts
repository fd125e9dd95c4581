const TRIES = 5;
/** Past so much more than at first, dB, a limiter only makes noise of speech. */
const MAX_MORE = 24;

export interface GainSearch {
  /** How near is near enough, LU. */
  readonly tolerance: number;
  /** What a dB more gives, LU, until two tries have told. */
  readonly slope: number;
}

/**
 * The gain (dB) with which `loudnessAt` answers `aim`, found from `start` in at most five tries. A limiter gives back less than
 * it is given, so each miss is divided by the slope between the last two tries; so is the last, which is near enough not to be tried.
 */
export async function findGain(
  loudnessAt: (gain: number) => Promise<number>,
  start: number,
  aim: number,
  search: GainSearch,
): Promise<number> {
  let gain = start;
  let { slope } = search;
  let before: { gain: number; loudness: number } | undefined;
  for (let attempt = 1; ; attempt++) {
    const loudness = await loudnessAt(gain);
    const off = aim - loudness;
    if (!Number.isFinite(off)) return gain;
    if (before && gain !== before.gain) slope = (loudness - before.loudness) / (gain - before.gain);
    before = { gain, loudness };
    gain = Math.min(gain + off / Math.min(1, Math.max(0.25, slope)), start + MAX_MORE);
    if (Math.abs(off) <= search.tolerance || attempt === TRIES) return gain;
  }
}
