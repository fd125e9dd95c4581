import type { Pcm } from './wav.js';

/** Silence threshold: dB relative to full scale, over 20 ms. */
const QUIET_DBFS = -50;
const BLOCK_SECONDS = 0.02;

function dbfs(meanSquare: number): number {
  return meanSquare > 0 ? 10 * Math.log10(meanSquare / 32768 ** 2) : -Infinity;
}

function meanSquares(pcm: Pcm): { block: number; values: Float64Array } {
  const block = Math.max(1, Math.round(pcm.rate * BLOCK_SECONDS));
  const values = new Float64Array(Math.ceil(pcm.samples.length / block));
  for (let b = 0; b < values.length; b++) {
    const end = Math.min(pcm.samples.length, (b + 1) * block);
    let sum = 0;
    for (let i = b * block; i < end; i++) sum += pcm.samples[i]! * pcm.samples[i]!;
    values[b] = sum / (end - b * block);
  }
  return { block, values };
}

/** Root mean square of all samples, dBFS; -Infinity for digital silence. */
export function rmsDbfs(pcm: Pcm): number {
  let sum = 0;
  for (const sample of pcm.samples) sum += sample * sample;
  return pcm.samples.length ? dbfs(sum / pcm.samples.length) : -Infinity;
}

/** Root mean square of the blocks above the silence threshold, dBFS; -Infinity when there is none. */
export function activeDbfs(pcm: Pcm): number {
  const loud = [...meanSquares(pcm).values].filter((value) => dbfs(value) > QUIET_DBFS);
  return loud.length ? dbfs(loud.reduce((a, b) => a + b) / loud.length) : -Infinity;
}

/** Share of the blocks above the silence threshold, 0 to 1. */
export function activeShare(pcm: Pcm): number {
  const { values } = meanSquares(pcm);
  return values.length ? values.filter((value) => dbfs(value) > QUIET_DBFS).length / values.length : 0;
}

/** Trims silence from both ends but for `keep` seconds, so that the gaps of the mix plan are the audible gaps. */
export function trimSilence(pcm: Pcm, keep = 0.02): Pcm {
  const { block, values } = meanSquares(pcm);
  const first = values.findIndex((value) => dbfs(value) > QUIET_DBFS);
  if (first < 0) return { rate: pcm.rate, samples: new Int16Array(0) };
  const last = values.findLastIndex((value) => dbfs(value) > QUIET_DBFS);
  const margin = Math.round(keep * pcm.rate);
  const from = Math.max(0, first * block - margin);
  const to = Math.min(pcm.samples.length, (last + 1) * block + margin);
  return { rate: pcm.rate, samples: pcm.samples.slice(from, to) };
}

/** Seconds of the longest quiet stretch inside the sound. */
export function longestPause(pcm: Pcm): number {
  const { block, values } = meanSquares(pcm);
  let longest = 0;
  let since = -1;
  values.forEach((value, index) => {
    if (dbfs(value) <= QUIET_DBFS) return;
    if (since >= 0) longest = Math.max(longest, index - since - 1);
    since = index;
  });
  return (longest * block) / pcm.rate;
}

/** `count` values from 0 to 1, each the highest sample of its stretch: the waveform on a page. */
export function peaksOf(pcm: Pcm, count = 800): number[] {
  const wanted = Math.max(0, Math.min(count, pcm.samples.length));
  return Array.from({ length: wanted }, (_, index) => {
    const from = Math.floor((index * pcm.samples.length) / wanted);
    const to = Math.floor(((index + 1) * pcm.samples.length) / wanted);
    let highest = 0;
    for (let i = from; i < to; i++) {
      const height = pcm.samples[i]! < 0 ? -pcm.samples[i]! : pcm.samples[i]!;
      if (height > highest) highest = height;
    }
    return Math.round((highest / 32768) * 1000) / 1000;
  });
}
