import { open } from 'node:fs/promises';
import { samplesToBytes } from '../../speech/voices/sound/wav.js';
import { Ducker } from '../dsp/ducker.js';
import { sampleChunks } from '../dsp/in-chunks.js';
import { synthesiseBed } from './music-bed.js';
import { toSamples } from '../store/pcm-file.js';

const FADE_IN_SECONDS = 1.5;
const FADE_OUT_SECONDS = 2.5;

/** Sound in consecutive stretches. */
export interface Stretches {
  /** Samples a second. */
  readonly rate: number;
  /** Total of all stretches. */
  readonly frames: number;
  readonly each: readonly (() => Promise<Float32Array>)[];
}

/**
 * Writes speech with music under it to `file` as raw 16-bit mono samples: the music fades in with the first silence,
 * ducks under every sentence and fades out with the last. Works on one stretch at a time, so an hour is never in
 * memory.
 */
export async function writeBeddedMix(
  file: string,
  { rate, frames, each }: Stretches,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (share: number) => void } = {},
): Promise<void> {
  const bed = synthesiseBed(rate);
  const ducker = new Ducker(rate);
  const out = await open(file, 'w');
  let at = 0;
  try {
    for (const [n, stretch] of each.entries()) {
      signal?.throwIfAborted();
      for await (const chunk of sampleChunks(await stretch())) {
        ducker.run(chunk, musicAt(bed, at, chunk.length, rate, frames));
        await out.write(samplesToBytes(toSamples(chunk)));
        at += chunk.length;
      }
      onProgress?.((n + 1) / each.length);
    }
  } finally {
    await out.close();
  }
}

/** The music from sample `at` on, with a fade at both ends of the whole. */
function musicAt(bed: Float32Array, at: number, length: number, rate: number, frames: number): Float32Array {
  const music = new Float32Array(length);
  const { min } = Math;
  for (let i = 0; i < length; i++) {
    const from = at + i;
    const fade = min(1, from / (FADE_IN_SECONDS * rate), (frames - from) / (FADE_OUT_SECONDS * rate));
    music[i] = bed[from % bed.length]! * (fade > 0 ? fade : 0);
  }
  return music;
}
