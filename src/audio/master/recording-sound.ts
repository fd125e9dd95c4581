import { stat } from 'node:fs/promises';
import { LoudnessMeter } from '../dsp/loudness-meter.js';
import { Shaper } from '../dsp/shaper.js';
import { ActivityMeter } from '../dsp/activity-meter.js';
import { GainLimiter } from './gain-limiter.js';
import { MIX_RATE } from '../mix/mix-plan.js';
import { readRaw } from '../store/pcm-file.js';
import type { MasteringProfile } from '../dsp/mastering-profiles.js';

/** Samples per read, three seconds: an hour is never in memory. */
const PIECE = 131_072;
/** Total length of the sample that is kept of a long recording, seconds. */
const SAMPLE_SECONDS = 60;

/** Measurements of a decoded recording before its gain is chosen. */
export interface Recording {
  readonly rate: number;
  readonly frames: number;
  readonly seconds: number;
  /** Share that is audible, 0 to 1. */
  readonly activeShare: number;
  /** Shaped; see `GainQuestion`. Short sound is in `exact`; of long sound, pieces from all over are in `sample`. */
  readonly exact: readonly Float32Array[];
  readonly rest: readonly (readonly number[])[];
  readonly sample: readonly Float32Array[];
}

/** Reads a file of raw samples, `rate` a second, once and measures it. */
export async function listen(
  path: string,
  profile: MasteringProfile,
  { signal, rate = MIX_RATE }: { readonly signal?: AbortSignal; readonly rate?: number } = {},
): Promise<Recording> {
  const frames = Math.floor((await stat(path)).size / 2);
  const seconds = frames / rate;
  const shaper = new Shaper(profile, rate);
  const slices = new ActivityMeter(rate);
  const meter = new LoudnessMeter(rate);
  const sample: Float32Array[] = [];
  const every = Math.max(1, Math.floor(seconds / SAMPLE_SECONDS));
  let index = 0;
  for await (const piece of readRaw(path, PIECE)) {
    signal?.throwIfAborted();
    slices.push(piece);
    shaper.run(piece);
    meter.push(piece);
    if (index++ % every === 0) sample.push(piece);
  }
  const isShort = every === 1;
  const known = isShort ? { exact: sample, rest: [], sample: [] } : { exact: [], rest: [meter.steps], sample };
  return { rate, frames, seconds, activeShare: slices.activeShare(), ...known };
}

/** The same sound with gain and limiter, for the encoder. */
export async function* processed(
  path: string,
  profile: MasteringProfile,
  { rate, gain, ceiling }: { readonly rate: number; readonly gain: number; readonly ceiling: number },
  signal?: AbortSignal,
): AsyncGenerator<Float32Array> {
  const shaper = new Shaper(profile, rate);
  const limiter = new GainLimiter(rate, gain, ceiling);
  for await (const piece of readRaw(path, PIECE)) {
    signal?.throwIfAborted();
    shaper.run(piece);
    yield limiter.run(piece);
  }
}
