import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeRecording, requireUploads } from '../recordings/decode-recording.js';
import { masterWhole } from '../master/master-whole.js';
import type { Mastered } from '../master/mastering.js';
import { translateDiskErrors, type StoredFile } from '../store/disk-media-store.js';
import { profiles, type ProfileName } from '../dsp/mastering-profiles.js';
import { requireUsable } from '../recordings/recording-refusals.js';
import type { ClipLabel } from '../master/mp3-head.js';
import { listen } from '../master/recording-sound.js';
import type { RenderedClip } from './render-clip.js';
import { type AudioToolchain, stageProgress, type RenderProgress } from '../master/render-stages.js';

export interface RecordingRequest {
  /** An uploaded file or a recording of the browser, untrusted. The file is read and left in place. */
  readonly file: string;
  readonly profile: ProfileName;
  /** What players show of the clip: part of its bytes. */
  readonly label?: ClipLabel;
  readonly signal?: AbortSignal;
  /** `percent` of the whole, 0 to 100, never falling. */
  readonly onProgress?: RenderProgress;
}

export type MasteredRecording = Omit<RenderedClip, 'sentences' | 'engines'>;

/**
 * Masters an uploaded recording to a profile like any clip: decodes it to plain sound and encodes that, so that no byte
 * of the file itself is ever broadcast or served. Throws `uploads-refused` (unavailable: this ffmpeg is too old for
 * untrusted files), `not-sound`, `is-video`, `too-long`, `too-short`, `silent-recording` (invalid),
 * `recording-too-large`, and the errors of `renderClip`.
 */
export async function masterRecording(
  toolchain: AudioToolchain,
  request: RecordingRequest,
): Promise<MasteredRecording> {
  const { transcoder, store } = toolchain;
  const { file, signal, label } = request;
  const profile = profiles[request.profile];
  requireUploads(transcoder);
  const progress = stageProgress(request.onProgress);
  const workDir = await store.workDir();
  try {
    return await translateDiskErrors(store.folder, async () => {
      progress('mix', 0);
      const mix = join(workDir, 'mix.raw');
      await decodeRecording(transcoder, { file, workDir, signal }, { file: mix });
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
        label,
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

function figures(stored: StoredFile, mastered: Mastered, planSeconds: number): MasteredRecording {
  const { seconds, integrated, truePeak, longestSilence, peaks } = mastered;
  return { ...stored, seconds, planSeconds, integratedLufs: integrated, truePeakDbtp: truePeak, longestSilence, peaks };
}
