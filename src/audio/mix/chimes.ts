import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../shared/domain-error.js';
import { encodeWav, parseWav, type Pcm } from '../../speech/voices/sound/wav.js';
import { MIX_RATE, type Chime } from './mix-plan.js';

interface Note {
  readonly at: number;
  readonly hertz: number;
  readonly strength: number;
}

/** Rising for the opening, falling for the end: G4 C5 E5 G5, and back to C. */
const scores: Record<Chime, { seconds: number; notes: readonly Note[] }> = {
  opening: {
    seconds: 3,
    notes: [
      { at: 0, hertz: 392.0, strength: 0.8 },
      { at: 0.38, hertz: 523.25, strength: 0.85 },
      { at: 0.76, hertz: 659.26, strength: 0.9 },
      { at: 1.14, hertz: 783.99, strength: 1 },
    ],
  },
  closing: {
    seconds: 2.6,
    notes: [
      { at: 0, hertz: 783.99, strength: 0.9 },
      { at: 0.38, hertz: 659.26, strength: 0.85 },
      { at: 0.76, hertz: 523.25, strength: 1 },
    ],
  },
};

/** Length of the bundled chimes, seconds. */
export const scoreSeconds: Readonly<Record<Chime, number>> = {
  opening: scores.opening.seconds,
  closing: scores.closing.seconds,
};

/** A struck bar: ratio of each partial, its strength and its decay (seconds to 1/e). */
const partials = [
  { ratio: 1, strength: 1, ring: 0.62 },
  { ratio: 2, strength: 0.42, ring: 0.4 },
  { ratio: 3.01, strength: 0.18, ring: 0.22 },
  { ratio: 5.4, strength: 0.07, ring: 0.09 },
];

/** −9 dBFS: above speech at its working level, and low enough that the limiter does not act. */
const PEAK = 0.355;

/** Computes the chime: the same samples on every machine. */
export function synthesiseChime(chime: Chime): Pcm {
  const { seconds, notes } = scores[chime];
  const sound = new Float64Array(Math.round(seconds * MIX_RATE));
  for (const note of notes) ring(sound, note);
  fadeOut(sound, 0.25);
  const { abs, max, round } = Math;
  const highest = sound.reduce((peak, value) => max(peak, abs(value)), 0);
  const samples = Int16Array.from(sound, (value) => round((value / highest) * PEAK * 32767));
  return { rate: MIX_RATE, samples };
}

function ring(sound: Float64Array, note: Note): void {
  const { exp, min, sin, PI } = Math;
  const start = Math.round(note.at * MIX_RATE);
  for (const { ratio, strength, ring: seconds } of partials) {
    const turn = 2 * PI * note.hertz * ratio;
    for (let i = start; i < sound.length; i++) {
      const t = (i - start) / MIX_RATE;
      const strike = min(1, t / 0.006);
      sound[i]! += note.strength * strength * strike * exp(-t / seconds) * sin(turn * t);
    }
  }
}

function fadeOut(sound: Float64Array, seconds: number): void {
  const length = Math.round(seconds * MIX_RATE);
  for (let i = 0; i < length; i++) sound[sound.length - 1 - i]! *= i / length;
}

export function chimeFile(chime: Chime): Buffer {
  return encodeWav(synthesiseChime(chime));
}

/** Reads the chimes of `folder` (media/chimes): a site may put its own there, as 16-bit WAV of at most ten seconds. */
export async function loadChimes(folder: string): Promise<Record<Chime, Pcm>> {
  const [opening, closing] = await Promise.all([load(folder, 'opening'), load(folder, 'closing')]);
  return { opening, closing };
}

async function load(folder: string, chime: Chime): Promise<Pcm> {
  const file = join(folder, `${chime}.wav`);
  let pcm: Pcm;
  try {
    pcm = parseWav(await readFile(file));
  } catch (cause) {
    throw badChime(file, cause);
  }
  if (pcm.samples.length === 0 || pcm.samples.length > 10 * pcm.rate) throw badChime(file);
  return pcm;
}

function badChime(file: string, cause?: unknown): DomainError {
  return new DomainError(
    'unavailable',
    'bad-chime',
    {
      vi: `Không dùng được nhạc hiệu ${file}. Cần tệp WAV 16 bit, dài không quá 10 giây.`,
      en: `The chime ${file} cannot be used. It must be a 16-bit WAV of at most 10 seconds.`,
    },
    { file },
    { cause },
  );
}
