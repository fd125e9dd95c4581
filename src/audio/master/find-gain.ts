const TRIES = 5;
/** Largest increase over the start, dB: beyond it a limiter turns speech into noise. */
const MAX_MORE = 24;

export interface GainSearch {
  /** Accepted miss, LU. */
  readonly tolerance: number;
  /** Assumed effect of one more dB, LU, until two tries have measured it. */
  readonly slope: number;
}

/**
 * Finds the gain (dB) with which `loudnessAt` returns `aim`, from `start` in at most five tries. A limiter returns less
 * than its input gains, so each miss is divided by the slope between the last two tries. The last miss is corrected the
 * same way, but within the tolerance that correction is not measured.
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
