import { inChunks } from '../dsp/in-chunks.js';
import { Limiter } from '../dsp/limiter.js';
import { integratedLoudness, LoudnessMeter } from '../dsp/loudness-meter.js';
import { findGain } from './find-gain.js';
import { LimiterLoss } from './limiter-loss.js';
import type { MasteringProfile } from '../dsp/mastering-profiles.js';

/** libmp3lame scales its input down, more so at low bit rates: its output is this much quieter, dB. */
export const encoderLossDb = ({ kbps }: MasteringProfile) => (kbps >= 160 ? 0.25 : 0.45);
/**
 * Typical overshoot of mp3 above a limited peak, dB. A stretch with more is encoded a second time, which costs more
 * than headroom.
 */
export const encoderOvershootDb = ({ compress }: MasteringProfile) => (compress ? 1.2 : 0.6);

/**
 * A miss that is not worth another measurement, LU: it is corrected all the same, and the correction is off by a fifth
 * of it.
 */
const ENOUGH = 0.12;

/** Shaped sound that needs a gain: some of it complete, the rest as its levels and a sample. */
export interface GainQuestion {
  /** Sample rate of all of it. */
  readonly rate: number;
  readonly profile: MasteringProfile;
  /** Short sound, and sound unlike the rest: measured as it is. */
  readonly exact: readonly Float32Array[];
  /**
   * The rest: the steps of a LoudnessMeter, one list per stretch. Its loss in the limiter is estimated from the sample.
   */
  readonly rest: readonly (readonly number[])[];
  readonly sample: readonly Float32Array[];
  /** Loudness behind the limiter, LUFS. */
  readonly aim: number;
  /** dBTP of the limiter. */
  readonly ceiling: number;
  readonly signal?: AbortSignal;
}

/** The gain before the limiter, dB, that makes the whole as loud as `aim`. */
export async function chooseGain(question: GainQuestion): Promise<number> {
  const { rate, profile, exact, rest, sample, aim, ceiling, signal } = question;
  const { channels } = profile;
  const heard = (sounds: readonly Float32Array[], gain?: number) =>
    inTurn(sounds, signal, async (sound) => {
      return stepsOf(gain === undefined ? sound : await limited(sound, rate, gain, ceiling), rate);
    });
  const before = (await heard(sample)).flat();
  const loudnessAt = async (gain: number) => {
    const loss = new LimiterLoss(before, (await heard(sample, gain)).flat(), gain);
    const stretches = [...rest.map((steps) => loss.apply(steps)), ...(await heard(exact, gain))];
    return integratedLoudness(stretches, channels);
  };
  const { loss, slope } = likely(profile);
  const shaped = integratedLoudness([...rest, ...(await heard(exact))], channels);
  // Silence cannot be made louder; the check of the delivered file rejects it.
  if (!Number.isFinite(shaped)) return 0;
  return findGain(loudnessAt, aim - shaped + loss, aim, { tolerance: ENOUGH, slope });
}

async function inTurn<T, R>(
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) {
    signal?.throwIfAborted();
    results.push(await work(item));
  }
  return results;
}

/** Start values: the usual loss of speech in the limiter, LU, and the effect of one more dB at that point. */
function likely({ compress }: MasteringProfile): { loss: number; slope: number } {
  return compress ? { loss: 2.85, slope: 0.45 } : { loss: 0.1, slope: 0.8 };
}

/** Mean squares of each 100 ms, K-weighted. */
export async function stepsOf(sound: Float32Array, rate: number): Promise<number[]> {
  const meter = new LoudnessMeter(rate);
  await inChunks(sound, (chunk) => meter.push(chunk));
  return meter.steps;
}

async function limited(sound: Float32Array, rate: number, gainDb: number, ceilingDb: number): Promise<Float32Array> {
  const out = new Float32Array(sound.length);
  const limiter = new GainLimiter(rate, gainDb, ceilingDb);
  let at = 0;
  await inChunks(sound, (chunk) => {
    out.set(limiter.run(chunk), at);
    at += chunk.length;
  });
  return out;
}

/** The last step before the encoder, over a stream of blocks; each block is valid until the next. */
export class GainLimiter {
  private readonly gain: number;
  private readonly limiter: Limiter;

  constructor(rate: number, gainDb: number, ceilingDb: number) {
    this.gain = 10 ** (gainDb / 20);
    this.limiter = new Limiter(10 ** (ceilingDb / 20), rate);
  }

  run(block: Float32Array): Float32Array {
    return this.limiter.run(block, this.gain);
  }
}
