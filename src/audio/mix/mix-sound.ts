import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import { hashOf, sha256 } from '../../shared/ids.js';
import type { SpokenSentence } from '../../speech/voices/voice-chain.js';
import { parseWav, samplesToBytes, type Pcm } from '../../speech/voices/sound/wav.js';
import { MIX_RATE, type Chime, type MixPiece, type MixSegment } from './mix-plan.js';
import { resample } from '../dsp/resample.js';

/**
 * Level of speech in the mix, dBFS over the audible parts: leaves headroom for peaks; mastering sets the final
 * loudness.
 */
export const WORK_LEVEL = -23;
const MAX_GAIN_DB = 20;
/**
 * Gain step, dB. Rounding keeps one changed sentence from changing the mix of all others minutely. Half a decibel is
 * fine enough to match voices; for a single voice mastering sets the loudness anyway.
 */
const STEP_DB = 0.5;
const ONE_VOICE_STEP_DB = 2;

type Level = Pick<SpokenSentence, 'engine' | 'voice' | 'level' | 'seconds'>;

/**
 * Gain in dB for each voice, so that two voices in one clip are equally loud while the sentences of one voice keep
 * their differences. Keyed `engine/voice`; the mean is of energy, weighted by length.
 */
export function levelGains(sentences: readonly Level[]): Map<string, number> {
  const sums = new Map<string, { energy: number; seconds: number }>();
  for (const { engine, voice, level, seconds } of sentences) {
    const sum = sums.get(`${engine}/${voice}`) ?? { energy: 0, seconds: 0 };
    sum.energy += 10 ** (level / 10) * seconds;
    sum.seconds += seconds;
    sums.set(`${engine}/${voice}`, sum);
  }
  const step = sums.size > 1 ? STEP_DB : ONE_VOICE_STEP_DB;
  return new Map(
    [...sums].map(([name, { energy, seconds }]) => {
      const gain = Math.round((WORK_LEVEL - 10 * Math.log10(energy / seconds)) / step) * step;
      return [name, Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, gain))];
    }),
  );
}

/** The sound of a plan, one segment at a time: a long clip is never in memory as a whole. */
export class MixSound {
  /**
   * Sample rate of the results of `of`: half of MIX_RATE when every voice has that rate or less, because the next
   * stages then take half the time; else MIX_RATE.
   */
  readonly rate: number;
  private readonly gains: Map<string, number>;
  private readonly chimeDigests = new Map<Chime, string>();

  constructor(
    private readonly sentences: readonly SpokenSentence[],
    private readonly chimes: Readonly<Partial<Record<Chime, Pcm>>>,
  ) {
    this.gains = levelGains(sentences);
    this.rate = sentences.every(({ sampleRate }) => sampleRate === MIX_RATE / 2) ? MIX_RATE / 2 : MIX_RATE;
  }

  /** Equal for segments that sound the same. */
  keyOf(segment: MixSegment): string {
    return hashOf(segment.pieces.map((piece) => this.describe(piece)));
  }

  /** Samples at `rate`, 1 is full scale. */
  async of(segment: MixSegment): Promise<Float32Array> {
    const share = this.rate / MIX_RATE;
    const sound = new Float32Array(segment.frames * share);
    let at = 0;
    for (const piece of segment.pieces) {
      const part = await this.piece(piece);
      if (part && Math.abs(part.length - piece.frames * share) > 1)
        throw new Error(
          `the plan says ${piece.frames} samples at ${MIX_RATE}, the sound has ${part.length} at ${this.rate}`,
        );
      if (part) sound.set(part, Math.floor(at * share));
      at += piece.frames;
    }
    return sound;
  }

  private async piece(piece: MixPiece): Promise<Float32Array | undefined> {
    if (piece.kind === 'silence') return undefined;
    if (piece.kind === 'chime') return chimeAt(this.chimes[piece.chime]!, this.rate);
    const sentence = this.sentences[piece.index]!;
    // Trusted: its digest was checked when it was read.
    const part = resample(parseWav(await readFile(sentence.file), { trusted: true }), this.rate);
    const gain = 10 ** (this.gainOf(sentence) / 20);
    for (let i = 0; i < part.length; i++) part[i] = part[i]! * gain;
    return part;
  }

  private gainOf({ engine, voice }: SpokenSentence): number {
    return this.gains.get(`${engine}/${voice}`) ?? 0;
  }

  private describe(piece: MixPiece): unknown {
    if (piece.kind === 'silence') return piece.frames;
    if (piece.kind === 'chime') return this.digestOf(piece.chime);
    const sentence = this.sentences[piece.index]!;
    const { file, frames, level } = sentence;
    // The name of a file in the sentence cache stands for its request; level and length distinguish two results of one
    // request.
    return [basename(file), frames, level, this.gainOf(sentence)];
  }

  private digestOf(chime: Chime): string {
    const { rate, samples } = this.chimes[chime]!;
    const digest = this.chimeDigests.get(chime) ?? `${rate} ${sha256(samplesToBytes(samples))}`;
    this.chimeDigests.set(chime, digest);
    return digest;
  }
}

/** A toolchain uses the same chimes in every clip. */
const chimesAt = new WeakMap<Pcm, Map<number, Float32Array>>();

function chimeAt(chime: Pcm, rate: number): Float32Array {
  const known = chimesAt.get(chime) ?? new Map<number, Float32Array>();
  chimesAt.set(chime, known);
  const sound = known.get(rate) ?? resample(chime, rate);
  known.set(rate, sound);
  return sound;
}
