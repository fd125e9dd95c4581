import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../shared/domain-error.js';
import { activeShare } from '../speech/voices/sound.js';
import { parseWav, secondsOf } from '../speech/voices/wav.js';
import { master, type Mastered } from './mastering.js';
import { understandably, type StoredFile } from './media-store.js';
import { MIX_RATE } from './mix-plan.js';
import { profiles, type ProfileName } from './profiles.js';
import type { RenderedClip, Studio } from './render-clip.js';
import { soundFormatOf } from './sound-format.js';

export const RECORDING_MOST_BYTES = 200_000_000;
export const RECORDING_MOST_SECONDS = 30 * 60;

export interface RecordingRequest {
  /** An uploaded file or a recording of the browser, untrusted. It is read, not moved. */
  readonly file: string;
  readonly profile: ProfileName;
  readonly signal?: AbortSignal;
}

export type MasteredRecording = Omit<RenderedClip, 'sentences' | 'engines'>;

/**
 * A recording from outside, brought to a profile like any clip: decoded to plain sound and made anew, so that nothing of
 * the file itself is ever broadcast or served. Throws `uploads-refused` (unavailable: this ffmpeg is too old for files
 * of strangers), `not-sound`, `too-long`, `silent-recording` (invalid), `recording-too-large`, and what `renderClip` throws.
 */
export async function masterRecording(studio: Studio, request: RecordingRequest): Promise<MasteredRecording> {
  const { transcoder, store } = studio;
  const { file, profile, signal } = request;
  const refusal = transcoder.refused.find(({ code }) => code === 'uploads');
  if (refusal) throw new DomainError('unavailable', 'uploads-refused', { vi: refusal.vi, en: refusal.en });
  const format = await formatOf(file);
  const workDir = await store.workDir();
  try {
    return await understandably(store.folder, async () => {
      const mix = join(workDir, 'mix.wav');
      try {
        await transcoder.run({
          inputs: [{ file, format }],
          graph: `[0:a:0]aformat=sample_fmts=s16:channel_layouts=mono:sample_rates=${MIX_RATE}[out]`,
          outputs: [{ file: mix, pad: 'out', options: [...first(RECORDING_MOST_SECONDS + 1), ...plainWav] }],
          timeoutMs: 120_000,
          signal,
        });
      } catch (error) {
        if (error instanceof DomainError && error.code === 'ffmpeg-failed') throw notSound(error);
        throw error;
      }
      const planSeconds = await usableSeconds(mix);
      const mastered = await master(transcoder, {
        profile: profiles[profile],
        input: mix,
        planSeconds,
        workDir,
        signal,
      });
      signal?.throwIfAborted();
      return figures(await store.put(mastered.file), mastered, planSeconds);
    });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

const first = (seconds: number) => ['-t', `${seconds}`];
const plainWav = ['-c:a', 'pcm_s16le', '-f', 'wav'];

async function formatOf(path: string) {
  if ((await stat(path)).size > RECORDING_MOST_BYTES) {
    const most = RECORDING_MOST_BYTES / 1_000_000;
    throw new DomainError('too-large', 'recording-too-large', {
      vi: `Tệp âm thanh lớn quá ${most} MB. Hãy cắt bớt hoặc lưu thành mp3.`,
      en: `The file is larger than ${most} MB. Cut it, or save it as mp3.`,
    });
  }
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

async function usableSeconds(wav: string): Promise<number> {
  const pcm = parseWav(await readFile(wav));
  const seconds = secondsOf(pcm);
  if (seconds > RECORDING_MOST_SECONDS) {
    const minutes = RECORDING_MOST_SECONDS / 60;
    throw new DomainError('invalid', 'too-long', {
      vi: `Bản thu dài quá ${minutes} phút.`,
      en: `The recording is longer than ${minutes} minutes.`,
    });
  }
  if (activeShare(pcm) < 0.05) {
    throw new DomainError('invalid', 'silent-recording', {
      vi: 'Bản thu không có tiếng. Hãy kiểm tra micro rồi thu lại.',
      en: 'The recording is silent. Check the microphone and record again.',
    });
  }
  return seconds;
}

function figures(stored: StoredFile, mastered: Mastered, planSeconds: number): MasteredRecording {
  const { seconds, integrated, truePeak, longestSilence, peaks } = mastered;
  return { ...stored, seconds, planSeconds, integratedLufs: integrated, truePeakDbtp: truePeak, longestSilence, peaks };
}

function notSound(cause?: unknown): DomainError {
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
