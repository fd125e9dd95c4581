import { inChunks } from './dsp/in-chunks.js';
import { Limiter } from './dsp/limiter.js';
import { integratedLoudness, LoudnessMeter } from './dsp/loudness-meter.js';
import { findGain } from './find-gain.js';
import { LimiterLoss } from './limiter-loss.js';
import { MIX_RATE } from './mix-plan.js';
import type { SoundProfile } from './profiles.js';

/** libmp3lame scales its input down, more so at low bit rates: what it writes is this much quieter, dB. */
export const encoderLossDb = ({ kbps }: SoundProfile) => (kbps >= 160 ? 0.25 : 0.45);
/** What mp3 puts on top of a limited peak, dB; a stretch where it is more gets a second encoding, which costs more than headroom. */
export const encoderOvershootDb = ({ compress }: SoundProfile) => (compress ? 0.7 : 0.6);

/** Little sound is easily unlike its sample: up to this length, what was found on its first seconds is tried once on the whole. */
export const SHORT_SECONDS = 120;
const FIRST_SECONDS = 12;

/** Misses that are not worth another try, LU: where all of it was tried, and of a guess. */
const ENOUGH = 0.1;
const GUESS_ENOUGH = 0.02;
/** Gains that were tried on the whole are rounded to this, dB, so that they can be met again. */
const STEP_DB = 0.05;

export interface GainQuestion {
  readonly profile: SoundProfile;
  /** All of the sound up to SHORT_SECONDS, else a sample. */
  readonly sample: readonly SampleSound[];
  /** Of all shaped sound: the steps of a LoudnessMeter, stretch by stretch. */
  readonly all: readonly (readonly number[])[];
  readonly seconds: number;
  /** LUFS that should come out of the limiter. */
  readonly aim: number;
  /** dBTP of the limiter. */
  readonly ceiling: number;
  readonly signal?: AbortSignal;
}

/** A stretch of shaped sound at MIX_RATE, to be heard with several gains. */
export class SampleSound {
  private last?: { gain: number; ceiling: number; sound: Float32Array };

  /** `keep`: the last answer is remembered, which costs as much memory again. */
  constructor(
    readonly shaped: Float32Array,
    private readonly keep: boolean,
  ) {}

  /** With a gain and a limiter on it (dB, dBTP), later by the limiter's delay. */
  async limited(gain: number, ceiling: number): Promise<Float32Array> {
    if (this.last?.gain === gain && this.last.ceiling === ceiling) return this.last.sound;
    const sound = await limited(this.shaped, gain, ceiling);
    if (this.keep) this.last = { gain, ceiling, sound };
    return sound;
  }

  first(seconds: number): SampleSound {
    return new SampleSound(this.shaped.subarray(0, seconds * MIX_RATE), false);
  }
}

/** The gain before the limiter, dB, that makes all as loud as `aim`: what the limiter takes is learnt on the sample. */
export async function chooseGain(question: GainQuestion): Promise<number> {
  const { profile, sample, all, seconds, aim, ceiling, signal } = question;
  const { channels } = profile;
  const isShort = seconds <= SHORT_SECONDS;
  const some = isShort ? [longestOf(sample).first(FIRST_SECONDS)] : sample;
  const before = (await inTurn(some, (one) => stepsOf(one.shaped, MIX_RATE), signal)).flat();
  const behind = (gain: number) => async (one: SampleSound) => stepsOf(await one.limited(gain, ceiling), MIX_RATE);
  const guess = async (gain: number) => {
    const loss = new LimiterLoss(before, (await inTurn(some, behind(gain), signal)).flat(), gain);
    return integratedLoudness(
      all.map((steps) => loss.apply(steps)),
      channels,
    );
  };
  const { loss, slope } = likely(profile);
  const start = aim - integratedLoudness(all, channels) + loss;
  const search = { tolerance: isShort ? ENOUGH : GUESS_ENOUGH, step: 0.001, slope };
  const guessed = await findGain(guess, start, aim, search);
  if (!isShort) return guessed;
  const whole = async (gain: number) => integratedLoudness(await inTurn(sample, behind(gain), signal), channels);
  const rounded = Math.round(guessed / STEP_DB) * STEP_DB;
  return findGain(whole, rounded, aim, { tolerance: ENOUGH, step: STEP_DB, slope });
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>, signal?: AbortSignal): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) {
    signal?.throwIfAborted();
    results.push(await work(item));
  }
  return results;
}

/** Where to begin: what the limiter usually takes from speech, LU, and what a dB more then still gives. */
function likely({ compress }: SoundProfile): { loss: number; slope: number } {
  return compress ? { loss: 3.2, slope: 0.45 } : { loss: 0.3, slope: 0.8 };
}

function longestOf(sounds: readonly SampleSound[]): SampleSound {
  return sounds.reduce((longest, one) => (one.shaped.length > longest.shaped.length ? one : longest));
}

/** Mean squares of each 100 ms, K-weighted. */
export async function stepsOf(sound: Float32Array, rate: number): Promise<number[]> {
  const meter = new LoudnessMeter(rate);
  await inChunks(sound, (chunk) => meter.push(chunk));
  return meter.steps;
}

async function limited(sound: Float32Array, gainDb: number, ceilingDb: number): Promise<Float32Array> {
  const out = new Float32Array(sound.length);
  const limiter = new GainLimiter(gainDb, ceilingDb);
  let at = 0;
  await inChunks(sound, (chunk) => {
    out.set(limiter.run(chunk), at);
    at += chunk.length;
  });
  return out;
}

/** The last step before the encoder, over a stream of blocks. */
export class GainLimiter {
  private readonly gain: number;
  private readonly limiter: Limiter;

  constructor(gainDb: number, ceilingDb: number) {
    this.gain = 10 ** (gainDb / 20);
    this.limiter = new Limiter(10 ** (ceilingDb / 20), MIX_RATE);
  }

  run(block: Float32Array): Float32Array {
    return this.limiter.run(block, this.gain);
  }
}
