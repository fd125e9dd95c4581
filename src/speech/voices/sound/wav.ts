import { createHash, timingSafeEqual } from 'node:crypto';
import { endianness } from 'node:os';

const isLittle = endianness() === 'LE';

/** Mono sound: 16-bit samples at `rate` per second. */
export interface Pcm {
  readonly rate: number;
  readonly samples: Int16Array;
}

export class BadWav extends Error {
  override name = 'BadWav';
}

/**
 * Parses a RIFF/WAVE file of 16-bit PCM; several channels are averaged into one. Throws BadWav for anything else, for a
 * file that ends before its data does, and, unless it is `trusted`, for one whose digest (see `encodeWav`) does not
 * match. A writer that could not seek (espeak-ng or ffmpeg to a pipe) leaves a length of two gigabytes or more: then
 * the data extends to the end of the file.
 */
export function parseWav(bytes: Uint8Array, { trusted = false } = {}): Pcm {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new BadWav('not a WAV file');
  let format: { channels: number; rate: number } | undefined;
  let data: Uint8Array | undefined;
  let digest: Uint8Array | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = tag(at);
    const declared = view.getUint32(at + 4, true);
    const start = at + 8;
    const open = name === 'data' && declared >= 0x7ffff000;
    const length = open ? bytes.length - start : declared;
    if (start + length > bytes.length) throw new BadWav(`the chunk "${name}" is cut off`);
    if (name === 'fmt ') format = readFormat(view, start, length);
    if (name === 'data') data = bytes.subarray(start, start + length);
    if (name === 'loa ') digest = bytes.subarray(start, start + length);
    at = start + length + (length % 2);
  }
  if (!format || !data) throw new BadWav('no sound in the file');
  if (digest && !trusted && !isDigestOf(digest, data)) throw new BadWav('the sound does not agree with its digest');
  return { rate: format.rate, samples: toMono(data, format.channels) };
}

function readFormat(view: DataView, at: number, length: number): { channels: number; rate: number } {
  if (length < 16) throw new BadWav('the format is cut off');
  const code = view.getUint16(at, true);
  const channels = view.getUint16(at + 2, true);
  const rate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  const pcm = code === 1 || (code === 0xfffe && length >= 26 && view.getUint16(at + 24, true) === 1);
  if (!pcm || bits !== 16) throw new BadWav('not 16-bit PCM');
  if (channels < 1 || channels > 8 || rate < 4_000 || rate > 384_000) throw new BadWav('implausible format');
  return { channels, rate };
}

function toMono(data: Uint8Array, channels: number): Int16Array {
  const frames = Math.floor(data.length / 2 / channels);
  const all = bytesToSamples(data.subarray(0, frames * channels * 2));
  if (channels === 1) return all;
  const { round } = Math;
  const samples = new Int16Array(frames);
  for (let i = 0; i < frames; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += all[i * channels + c]!;
    samples[i] = round(sum / channels);
  }
  return samples;
}

/** The 44-byte header for `frames` mono samples. */
export function wavHeader(frames: number, rate: number, extra = 0): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + frames * 2 + extra, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(frames * 2, 40);
  return header;
}

/** With `digest`, a private chunk after the data holds its SHA-256: players ignore it, `parseWav` checks it. */
export function encodeWav(pcm: Pcm, { digest = false } = {}): Buffer {
  const data = samplesToBytes(pcm.samples);
  if (!digest) return Buffer.concat([wavHeader(pcm.samples.length, pcm.rate), data]);
  const chunk = Buffer.alloc(8);
  chunk.write('loa ', 0, 'latin1');
  chunk.writeUInt32LE(32, 4);
  const sum = createHash('sha256').update(data).digest();
  return Buffer.concat([wavHeader(pcm.samples.length, pcm.rate, 40), data, chunk, sum]);
}

/** Little-endian bytes of the samples, on any machine; shares the memory on a little-endian one. */
export function samplesToBytes(samples: Int16Array): Buffer {
  if (isLittle) return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.from(samples.slice().buffer).swap16();
}

/** The inverse of `samplesToBytes`; `bytes` holds whole samples. */
export function bytesToSamples(bytes: Uint8Array): Int16Array {
  const length = bytes.length / 2;
  // Samples must start at an even address; a chunk of a file need not.
  if (isLittle && bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, length);
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  return new Int16Array((isLittle ? copy : copy.swap16()).buffer, copy.byteOffset, length);
}

function isDigestOf(digest: Uint8Array, data: Uint8Array): boolean {
  return digest.length === 32 && timingSafeEqual(digest, createHash('sha256').update(data).digest());
}

export function wavSeconds(pcm: Pcm): number {
  return pcm.samples.length / pcm.rate;
}
