import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RenderCache } from '../store/render-cache.js';
import { MIX_RATE } from '../mix/mix-plan.js';
import type { ClipLabel } from './mp3-head.js';
import type { Mp3Maker } from './mp3-maker.js';
import type { MasteringProfile } from '../dsp/mastering-profiles.js';

/** Part of every cache key: increase it when the processing changes. */
export const EDITION = 4;

/** A stretch of sound between two silences that can be mastered and encoded on its own. */
export interface Mp3Part {
  /** Equal for equal sound. */
  readonly key: string;
  /** Samples at MIX_RATE; whole mp3 frames. */
  readonly frames: number;
  readonly isChime: boolean;
  /** Shaped for the profile (band and compressor), at `PartsJob.rate`. */
  shaped(): Promise<Float32Array>;
}

export interface PartsJob {
  readonly maker: Mp3Maker;
  readonly cache: RenderCache;
  /** Edition of the encoder: part of the cache keys. */
  readonly encoder: string;
  readonly profile: MasteringProfile;
  readonly parts: readonly Mp3Part[];
  /** Sample rate of shaped parts, and of every step up to the encoder: MIX_RATE or half of it. */
  readonly rate: number;
  /** Private folder of this job; the mp3 is left in it. */
  readonly workDir: string;
  /** What players show of the clip. */
  readonly label?: ClipLabel;
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: 'master' | 'encode' | 'check', share: number) => void;
}

export function partSeconds(parts: readonly Mp3Part[]): number {
  return parts.reduce((sum, part) => sum + part.frames, 0) / MIX_RATE;
}

/** Shapes a part and stores it in the job's folder. */
export async function shapeAndStore(job: PartsJob, part: Mp3Part): Promise<Float32Array> {
  const shaped = await part.shaped();
  await writeFile(putDown(job, part), new Uint8Array(shaped.buffer, shaped.byteOffset, shaped.byteLength));
  return shaped;
}

/** Loads the stored part. Shapes it when it was not stored, because only an earlier job measured it. */
export async function loadOrShape(job: PartsJob, part: Mp3Part): Promise<Float32Array> {
  const bytes = await readFile(putDown(job, part)).catch(() => undefined);
  return bytes ? new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4) : part.shaped();
}

function putDown({ workDir }: PartsJob, part: Mp3Part): string {
  return join(workDir, `${part.key}.f32`);
}
