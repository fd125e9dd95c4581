import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { SpokenSentence } from '../speech/voices/voice-chain.js';
import { parseWav, samplesToBytes, wavHeader, type Pcm } from '../speech/voices/wav.js';
import { MIX_RATE, type Chime, type MixPlan } from './mix-plan.js';
import { resample } from './resample.js';

/** Level of speech in the mix, dBFS over the parts that sound: room for peaks; mastering sets the final loudness. */
export const WORK_LEVEL = -23;
const MOST_GAIN_DB = 20;

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
  return new Map(
    [...sums].map(([name, { energy, seconds }]) => {
      const gain = WORK_LEVEL - 10 * Math.log10(energy / seconds);
      return [name, Math.max(-MOST_GAIN_DB, Math.min(MOST_GAIN_DB, gain))];
    }),
  );
}

/** Writes the plan as one WAV, piece by piece: a long clip is never in memory as a whole. */
export async function assemble(
  plan: MixPlan,
  sentences: readonly SpokenSentence[],
  chimes: Readonly<Partial<Record<Chime, Pcm>>>,
  outFile: string,
  signal?: AbortSignal,
): Promise<void> {
  const gains = levelGains(sentences);
  const file = await open(outFile, 'w');
  try {
    await file.write(wavHeader(plan.frames, MIX_RATE));
    for (const piece of plan.pieces) {
      signal?.throwIfAborted();
      if (piece.kind === 'silence') await file.write(Buffer.alloc(piece.frames * 2));
      else if (piece.kind === 'chime') await write(file, fitted(chimes[piece.chime]!, 0), piece.frames);
      else {
        const { engine, voice, file: source } = sentences[piece.index]!;
        const pcm = parseWav(await readFile(source));
        await write(file, fitted(pcm, gains.get(`${engine}/${voice}`) ?? 0), piece.frames);
      }
    }
  } finally {
    await file.close();
  }
}

async function write(file: FileHandle, samples: Int16Array, frames: number): Promise<void> {
  if (samples.length !== frames) throw new Error(`the plan says ${frames} samples, the sound has ${samples.length}`);
  await file.write(samplesToBytes(samples));
}

function fitted(pcm: Pcm, gainDb: number): Int16Array {
  const { samples } = resample(pcm, MIX_RATE);
  if (gainDb === 0) return samples;
  const gain = 10 ** (gainDb / 20);
  const { max, min, round } = Math;
  return samples.map((sample) => max(-32768, min(32767, round(sample * gain))));
}
