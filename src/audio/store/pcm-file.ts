import { open } from 'node:fs/promises';
import { bytesToSamples, samplesToBytes, wavHeader } from '../../speech/voices/sound/wav.js';

/** Samples per write. */
const BLOCK = 131_072;

/** Converts numbers from −1 to 1 to 16-bit samples; values outside are clipped. */
export function toSamples(sound: Float32Array): Int16Array {
  const samples = new Int16Array(sound.length);
  fill(samples, 0, sound);
  return samples;
}

function fill(samples: Int16Array, at: number, sound: Float32Array): void {
  for (let i = 0; i < sound.length; i++) {
    const value = Math.round(sound[i]! * 32768);
    samples[at + i] = value > 32767 ? 32767 : value < -32768 ? -32768 : value;
  }
}

/** Converts a whole number of raw 16-bit mono samples to numbers from −1 to 1. */
export function soundOf(bytes: Uint8Array): Float32Array {
  const samples = bytesToSamples(bytes);
  const sound = new Float32Array(samples.length);
  for (let i = 0; i < sound.length; i++) sound[i] = samples[i]! / 32768;
  return sound;
}

/** Writes a mono WAV piece by piece; the number of samples and the rate must be known beforehand. */
export async function writeWav(
  path: string,
  { frames, rate }: { readonly frames: number; readonly rate: number },
  pieces: AsyncIterable<Float32Array> | Iterable<Float32Array>,
): Promise<void> {
  const file = await open(path, 'w');
  // Collect many pieces for each write: every write is a round trip to another thread.
  const block = new Int16Array(Math.min(frames, BLOCK));
  let filled = 0;
  const write = async () => {
    await file.write(samplesToBytes(block.subarray(0, filled)));
    filled = 0;
  };
  try {
    await file.write(wavHeader(frames, rate));
    for await (const piece of pieces) {
      for (let from = 0; from < piece.length; from += BLOCK) {
        const some = piece.subarray(from, from + BLOCK);
        if (filled + some.length > block.length) await write();
        fill(block, filled, some);
        filled += some.length;
      }
    }
    await write();
  } finally {
    await file.close();
  }
}

/** The sound of a file of raw 16-bit mono samples, in pieces of `frames`. */
export async function* readRaw(path: string, frames: number): AsyncGenerator<Float32Array> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(frames * 2);
    for (let at = 0; ;) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
      const whole = bytesRead - (bytesRead % 2);
      if (whole === 0) return;
      yield soundOf(bytes.subarray(0, whole));
      at += whole;
    }
  } finally {
    await file.close();
  }
}
