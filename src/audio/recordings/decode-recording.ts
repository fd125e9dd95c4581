import { copyFile, link, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../shared/domain-error.js';
import type { FfmpegOutput, InputFormat, Transcoder } from '../ffmpeg/ffmpeg.adapter.js';
import { MIX_RATE } from '../mix/mix-plan.js';
import {
  isVideo,
  notSound,
  RECORDING_MAX_BYTES,
  RECORDING_MAX_SECONDS,
  recordingTooLarge,
} from './recording-refusals.js';
import { soundFormatOf } from '../ffmpeg/sound-format.js';

const rawSamples = ['-c:a', 'pcm_s16le', '-f', 's16le'];
/** Decode one second more than allowed, so that a recording that is too long is recognised. */
const upToTheLimit = ['-t', `${RECORDING_MAX_SECONDS + 1}`];

/** A video stream that is no cover. An old ffmpeg does not mark covers as such, but they are always of these kinds. */
const moving = /^\s*Stream #0:\d+.*: Video: (?!(?:png|mjpeg|gif|bmp|webp)\b)(?!.*attached pic)/m;

export interface RecordingToDecode {
  /** Untrusted. The file is read and left in place. */
  readonly file: string;
  /** Private folder of this job. */
  readonly workDir: string;
  readonly signal?: AbortSignal;
}

/** Throws `uploads-refused` when this ffmpeg is not trusted with untrusted files. */
export function requireUploads({ refused }: Pick<Transcoder, 'refused'>): void {
  if (!refused.some(({ code }) => code === 'uploads')) return;
  throw new DomainError('unavailable', 'uploads-refused', {
    vi: 'Máy chủ chưa nhận tệp thu âm, vì ffmpeg trên máy là bản cũ, mở tệp lạ không an toàn. Xin nhờ quản trị viên cài bản mới (ví dụ: apt install ffmpeg).',
    en: 'This server takes no recordings yet: its ffmpeg is an old one, not safe with files from outside. Ask an administrator to install a current one (apt install ffmpeg, say).',
  });
}

/**
 * Decodes an untrusted file to raw 16-bit mono samples at the mix's rate, at most one second more than allowed. The
 * first bytes decide its format; ffmpeg gets that format and sees the file alone in a folder. Throws `uploads-refused`
 * (unavailable), `not-sound`, `is-video` (invalid), `recording-too-large`, `ffmpeg-timeout` (unavailable).
 */
export async function decodeRecording(
  transcoder: Transcoder,
  { file, workDir, signal }: RecordingToDecode,
  output: Pick<FfmpegOutput, 'file' | 'take'>,
): Promise<void> {
  requireUploads(transcoder);
  const format = await formatOf(file);
  const report = await transcoder
    .run({
      inputs: [{ file: await alone(file, workDir), format }],
      graph: `[0:a:0]aformat=sample_fmts=s16:channel_layouts=mono:sample_rates=${MIX_RATE}[out]`,
      outputs: [{ ...output, pad: 'out', options: [...upToTheLimit, ...rawSamples] }],
      timeoutMs: 120_000,
      cpuSeconds: 120,
      signal,
    })
    .catch((error: unknown) => {
      throw error instanceof DomainError && error.code === 'ffmpeg-failed' ? notSound(error) : error;
    });
  if (moving.test(report)) throw isVideo();
}

/** Puts the file in a folder of its own, so that a name inside it refers to nothing. */
async function alone(file: string, workDir: string): Promise<string> {
  const folder = join(workDir, 'input');
  const own = join(folder, 'sound');
  await mkdir(folder);
  await link(file, own).catch(() => copyFile(file, own));
  return own;
}

async function formatOf(path: string): Promise<InputFormat> {
  if ((await stat(path)).size > RECORDING_MAX_BYTES) throw recordingTooLarge();
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
