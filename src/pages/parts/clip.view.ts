import type { Clip } from '../../audio/clips/clip.entity.js';
import { LOUDNESS_TOLERANCE, type ProfileName, profiles } from '../../audio/dsp/mastering-profiles.js';
import { UPLOADED } from '../../audio/store/upload-store.js';
import type { Job } from '../../jobs/job.entity.js';
import { translate } from '../language/language.js';
import {
  upperFirst,
  clipStateNames,
  clipTones,
  decimal,
  lengthText,
  profileTitle,
  type Tone,
} from '../language/words.js';

/** The view of `{{> player}}`: the audio and its peaks, so that the browser draws the waveform without decoding. */
export interface PlayerView {
  src: string;
  /** Peaks along the clip, 0–1, two digits, comma-separated; '' when unknown. */
  peaks: string;
  seconds: string;
}

export interface ClipView {
  id: string;
  profile: string;
  state: string;
  tone: Tone;
  player: PlayerView | null;
  figures: string;
  waiting: boolean;
  stage: string;
  percent: string;
  reason: string;
  stale: boolean;
  recorded: boolean;
}

/** More peaks than a screen has pixels are useless. */
const MAX_PEAKS = 400;

/**
 * `spoken` is how the text would be read now: a synthesised clip with other words is stale. A recording is never stale.
 */
export function clipView({ clip, job }: { clip: Clip; job: Job | null }, spoken: string): ClipView {
  const recorded = clip.engine === UPLOADED;
  return {
    id: clip.id,
    profile: translate(profileTitle(clip.profile)),
    state: upperFirst(translate(clipStateNames[clip.state])),
    tone: clipTones[clip.state],
    player: playerView(clip),
    figures: clipFigures(clip),
    waiting: clip.state === 'waiting',
    stage: job?.stage ?? '',
    percent: String(job?.percent ?? 0),
    reason: clip.state === 'failed' ? (clip.reason ?? translate('Không rõ lý do.')) : '',
    stale: clip.state === 'ready' && !recorded && clip.spoken !== spoken,
    recorded,
  };
}

export function playerView(clip: Pick<Clip, 'state' | 'sha256' | 'peaks' | 'durationMs'>): PlayerView | null {
  const src = clipSource(clip);
  if (!src) return null;
  const peaks = thinPeaks(clip.peaks ?? [], MAX_PEAKS);
  return {
    src,
    peaks: peaks.map((one) => String(Math.round(one * 100) / 100)).join(','),
    seconds: String((clip.durationMs ?? 0) / 1000),
  };
}

/** The URL of a finished clip; '' for any other state. */
export function clipSource({ state, sha256 }: Pick<Clip, 'state' | 'sha256'>): string {
  return state === 'ready' && sha256 ? `/api/clips/${sha256}.mp3` : '';
}

/**
 * '1 phút 23 giây · độ to đúng chuẩn': the deviation from the profile's loudness in words, because few readers know
 * LUFS.
 */
export function clipFigures(clip: Pick<Clip, 'durationMs' | 'integratedLufs' | 'profile'>): string {
  const length = clip.durationMs === null ? [] : [lengthText(clip.durationMs)];
  const aim = profiles[clip.profile as ProfileName]?.loudness;
  if (clip.integratedLufs === null || aim === undefined) return length.join(' · ');
  return [...length, loudnessText(clip.integratedLufs - aim)].join(' · ');
}

function loudnessText(off: number): string {
  const n = decimal(Math.abs(off));
  if (Math.abs(off) <= LOUDNESS_TOLERANCE) return translate('độ to đúng chuẩn');
  return off > 0 ? translate('to hơn chuẩn {n} dB', { n }) : translate('nhỏ hơn chuẩn {n} dB', { n });
}

/** Reduces the peaks to at most `most` values by the maximum of each group, so that no burst disappears. */
export function thinPeaks(peaks: readonly number[], most: number): number[] {
  const step = Math.max(1, Math.ceil(peaks.length / most));
  const groups = Math.ceil(peaks.length / step);
  return Array.from({ length: groups }, (_, n) => Math.max(...peaks.slice(n * step, (n + 1) * step)));
}
