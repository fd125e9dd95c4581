import { copyFile, link, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../shared/domain-error.js';
import type { InputFormat, Transcoder } from './ffmpeg.adapter.js';
import { masterWhole } from './master-whole.js';
import type { Mastered } from './mastering.js';
import { understandably, type StoredFile } from './media-store.js';
import { MIX_RATE } from './mix-plan.js';
import { profiles, type ProfileName } from './profiles.js';
import { listen, type Recording } from './recording-sound.js';
import type { RenderedClip, Studio } from './render-clip.js';
import { progressOf, type Progress } from './render-stages.js';
import { soundFormatOf } from './sound-format.js';

export const RECORDING_MOST_BYTES = 200_000_000;
export const RECORDING_MOST_SECONDS = 60 * 60;
/** Loudness has no meaning for less. */
const RECORDING_LEAST_SECONDS = 1;

export interface RecordingRequest {
  /** An uploaded file or a recording of the browser, untrusted. It is read, not moved. */
  readonly file: string;
  readonly profile: ProfileName;
  readonly signal?: AbortSignal;
  /** `percent` of the whole, 0 to 100, never falling. */
  readonly onProgress?: Progress;
}

export type MasteredRecording = Omit<RenderedClip, 'sentences' | 'engines'>;

/**
 * A recording from outside, brought to a profile like any clip: decoded to plain sound and made anew, so that nothing of
 * the file itself is ever broadcast or served. Throws `uploads-refused` (unavailable: this ffmpeg is too old for files
 * of strangers), `not-sound`, `is-video`, `too-long`, `too-short`, `silent-recording` (invalid), `recording-too-large`, and what `renderClip` throws.
 */
export async function masterRecording(studio: Studio, request: RecordingRequest): Promise<MasteredRecording> {
  const { transcoder, store } = studio;
  const { file, signal } = request;
  const profile = profiles[request.profile];
  requireUploads(transcoder);
  const format = await formatOf(file);
  const progress = progressOf(request.onProgress);
  const workDir = await store.workDir();
  try {
    return await understandably(store.folder, async () => {
      progress('mix', 0);
      const mix = join(workDir, 'mix.raw');
      await decode(transcoder, { file: await alone(file, workDir), format }, mix, signal);
      progress('master', 30);
      const recording = await listen(mix, profile, { signal });
      requireUsable(recording);
      const mastered = await masterWhole({
        mix,
        recording,
        profile,
        transcoder,
        workDir,
        signal,
        onProgress: progress,
      });
      signal?.throwIfAborted();
      const stored = await store.put(mastered.file);
      progress('done', 100);
      return figures(stored, mastered, recording.seconds);
    });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Throws `uploads-refused` when this ffmpeg is not trusted with files of strangers. */
export function requireUploads({ refused }: Pick<Transcoder, 'refused'>): void {
  const refusal = refused.find(({ code }) => code === 'uploads');
  if (refusal) throw new DomainError('unavailable', 'uploads-refused', { vi: refusal.vi, en: refusal.en });
}

async function decode(
  transcoder: Transcoder,
  input: { file: string; format: InputFormat },
  outFile: string,
  signal?: AbortSignal,
): Promise<void> {
  let report: string;
  try {
    report = await transcoder.run({
      inputs: [input],
      graph: `[0:a:0]aformat=sample_fmts=s16:channel_layouts=mono:sample_rates=${MIX_RATE}[out]`,
      outputs: [{ file: outFile, pad: 'out', options: [...first(RECORDING_MOST_SECONDS + 1), ...rawSamples] }],
      timeoutMs: 120_000,
      cpuSeconds: 120,
      signal,
    });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'ffmpeg-failed') throw notSound(error);
    throw error;
  }
  if (/^\s*Stream #0:\d+.*: Video: (?!.*attached pic)/m.test(report)) throw isVideo();
}

/** The same file in a folder that holds nothing else: what could be named from within it is not there. */
async function alone(file: string, workDir: string): Promise<string> {
  const folder = join(workDir, 'input');
  const own = join(folder, 'sound');
  await mkdir(folder);
  await link(file, own).catch(() => copyFile(file, own));
  return own;
}

const first = (seconds: number) => ['-t', `${seconds}`];
const rawSamples = ['-c:a', 'pcm_s16le', '-f', 's16le'];

async function formatOf(path: string) {
  if ((await stat(path)).size > RECORDING_MOST_BYTES) throw recordingTooLarge();
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    const format = soundFormatOf(buffer.subarray(0, bytesRead));
    if (!format) throw notSound();
    return format;
  } finally {
    await file.close();
  }
}

function requireUsable({ seconds, activeShare }: Recording): void {
  if (seconds > RECORDING_MOST_SECONDS) {
    const minutes = RECORDING_MOST_SECONDS / 60;
    throw new DomainError('invalid', 'too-long', {
      vi: `Bản thu dài quá ${minutes} phút.`,
      en: `The recording is longer than ${minutes} minutes.`,
    });
  }
  if (seconds < RECORDING_LEAST_SECONDS) {
    throw new DomainError('invalid', 'too-short', {
      vi: 'Bản thu ngắn chưa đến một giây. Hãy thu lại.',
      en: 'The recording is shorter than a second. Record again.',
    });
  }
  if (activeShare < 0.05) {
    throw new DomainError('invalid', 'silent-recording', {
      vi: 'Bản thu không có tiếng. Hãy kiểm tra micro rồi thu lại.',
      en: 'The recording is silent. Check the microphone and record again.',
    });
  }
}

function figures(stored: StoredFile, mastered: Mastered, planSeconds: number): MasteredRecording {
  const { seconds, integrated, truePeak, longestSilence, peaks } = mastered;
  return { ...stored, seconds, planSeconds, integratedLufs: integrated, truePeakDbtp: truePeak, longestSilence, peaks };
}

export function notSound(cause?: unknown): DomainError {
  return new DomainError(
    'invalid',
    'not-sound',
    {
      vi: 'Tệp này không phải âm thanh dùng được. Các loại nhận: mp3, wav, flac, ogg, m4a, webm.',
      en: 'This file is not a sound that can be used. Accepted: mp3, wav, flac, ogg, m4a, webm.',
    },
    {},
    { cause },
  );
}

function isVideo(): DomainError {
  return new DomainError('invalid', 'is-video', {
    vi: 'Đây là tệp video. Hãy tách phần âm thanh ra (mp3 hoặc m4a) rồi tải lên.',
    en: 'This is a video. Save its sound as mp3 or m4a and upload that.',
  });
}

export function recordingTooLarge(): DomainError {
  const most = RECORDING_MOST_BYTES / 1_000_000;
  return new DomainError('too-large', 'recording-too-large', {
    vi: `Tệp âm thanh lớn quá ${most} MB. Hãy cắt bớt hoặc lưu thành mp3.`,
    en: `The file is larger than ${most} MB. Cut it, or save it as mp3.`,
  });
}
