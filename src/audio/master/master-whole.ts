import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constantRateFrames } from '../../speech/voices/sound/mp3-frames.js';
import type { Transcoder } from '../ffmpeg/ffmpeg.adapter.js';
import { chooseGain } from './gain-limiter.js';
import { masterUntilRight, type Mastered } from './mastering.js';
import { mp3Head, type ClipLabel } from './mp3-head.js';
import { Mp3Maker } from './mp3-maker.js';
import { writeWav } from '../store/pcm-file.js';
import type { MasteringProfile } from '../dsp/mastering-profiles.js';
import { processed, type Recording } from './recording-sound.js';
import type { RenderProgress } from './render-stages.js';

export interface WholeJob {
  /** Raw 16-bit mono samples, and the measurements of them. */
  readonly mix: string;
  readonly recording: Recording;
  readonly profile: MasteringProfile;
  readonly transcoder: Transcoder;
  /** Private folder of this job; the mp3 is left in it. */
  readonly workDir: string;
  readonly signal?: AbortSignal;
  readonly onProgress: RenderProgress;
  /** What players show of the clip. */
  readonly label?: ClipLabel;
}

/**
 * Masters sound that cannot be cut into parts (a recording, continuous music under speech) as a stream: gain → limiter
 * → encoder. Throws `clip-not-ready` with the figures when the file misses its profile.
 */
export async function masterWhole(job: WholeJob): Promise<Mastered> {
  const { mix, recording, profile, transcoder, workDir, signal, onProgress, label } = job;
  const { rate, seconds } = recording;
  const maker = new Mp3Maker(transcoder, profile, signal);
  return masterUntilRight(profile, seconds, async (aim, ceiling) => {
    const gain = await chooseGain({ ...recording, profile, aim, ceiling, signal });
    const [wav, raw, mp3] = [join(workDir, 'limited.wav'), join(workDir, 'raw.mp3'), join(workDir, 'clip.mp3')];
    await writeWav(wav, recording, processed(mix, profile, { rate, gain, ceiling }, signal));
    onProgress('encode', 60);
    await maker.encode([{ wav, mp3: raw }], { seconds, rate });
    await withHead(raw, mp3, label);
    onProgress('check', 88);
    return { ...(await maker.look(mp3, seconds)), file: mp3 };
  });
}

/** Writes the head of the clip and the frames of `raw` to `mp3`, and removes `raw`. */
async function withHead(raw: string, mp3: string, label: ClipLabel | undefined): Promise<void> {
  const first = Buffer.alloc(4);
  const file = await open(raw);
  await file.read(first, 0, first.length, 0);
  const { size: bytes } = await file.stat();
  await file.close();
  await writeFile(mp3, mp3Head(first, { frames: constantRateFrames(first, bytes), bytes }, label));
  await pipeline(createReadStream(raw), createWriteStream(mp3, { flags: 'a' }));
  await rm(raw);
}
