import type { Clip } from './clip.entity.js';
import { plainForm } from './clip-form.js';
import { profiles, type ProfileName } from '../dsp/mastering-profiles.js';

/** API view of a clip; `job` is the one that makes it. */
export function showClip(clip: Clip, job: { stage: string | null; percent: number } | null) {
  const { id, profile, state, spoken, sha256, bytes, engine, sentences, reason } = clip;
  const { durationMs, planMs, integratedLufs, truePeakDbtp, longestSilence } = clip;
  const { loudness, truePeak } = profiles[profile as ProfileName];
  return {
    id,
    profile,
    ...(clip.form ?? plainForm),
    state,
    progress: clipProgress(state, job),
    spoken,
    sha256,
    bytes,
    durationMs,
    planMs,
    integratedLufs,
    truePeakDbtp,
    longestSilence,
    aim: { integratedLufs: loudness, truePeakDbtp: truePeak },
    engine,
    sentences,
    reason,
  };
}

/** Stage in Vietnamese and percentage while the clip is being made, else null. */
export function clipProgress(state: string, job: { stage: string | null; percent: number } | null) {
  return state === 'waiting' ? { stage: job?.stage ?? 'Đang chờ đến lượt', percent: job?.percent ?? 0 } : null;
}

/**
 * Arguments of a waveform player (wavesurfer.js: `load(url, peaks, duration)`): one channel of heights from 0 to 1, the
 * first at the start and the last at the end, and the length in seconds. Undefined before the clip is ready.
 */
export function waveformOf({ peaks, durationMs }: Pick<Clip, 'peaks' | 'durationMs'>) {
  if (!peaks || durationMs === null) return undefined;
  return { durationSeconds: durationMs / 1000, peaks: [peaks] };
}
