import { join } from 'node:path';
import { writeBeddedMix } from '../mix/bedded-mix.js';
import { inChunks } from '../dsp/in-chunks.js';
import { Shaper } from '../dsp/shaper.js';
import { masterParts } from '../master/master-parts.js';
import { masterWhole } from '../master/master-whole.js';
import type { Mastered } from '../master/mastering.js';
import { MIX_RATE, type MixPlan } from '../mix/mix-plan.js';
import type { MixSound } from '../mix/mix-sound.js';
import type { ClipLabel } from '../master/mp3-head.js';
import { Mp3Maker } from '../master/mp3-maker.js';
import type { Mp3Part } from '../master/mp3-parts.js';
import type { MasteringProfile } from '../dsp/mastering-profiles.js';
import { listen } from '../master/recording-sound.js';
import type { AudioToolchain, RenderProgress } from '../master/render-stages.js';

/** Inputs of the steps from the mix to the file. */
export interface RenderPipeline {
  readonly toolchain: AudioToolchain;
  readonly profile: MasteringProfile;
  readonly plan: MixPlan;
  readonly mix: MixSound;
  readonly workDir: string;
  readonly signal?: AbortSignal;
  readonly progress: RenderProgress;
  readonly label?: ClipLabel;
}

/** Renders segment by segment and caches each segment for later clips. */
export function inParts({
  toolchain,
  profile,
  plan,
  mix,
  workDir,
  signal,
  progress,
  label,
}: RenderPipeline): Promise<Mastered> {
  return masterParts({
    maker: new Mp3Maker(toolchain.transcoder, profile, signal),
    cache: toolchain.made,
    encoder: toolchain.transcoder.edition,
    profile,
    parts: plan.segments.map((segment): Mp3Part => ({
      key: mix.keyOf(segment),
      frames: segment.frames,
      isChime: segment.pieces.some(({ kind }) => kind === 'chime'),
      shaped: async () => {
        const sound = await mix.of(segment);
        const shaper = new Shaper(profile, mix.rate);
        await inChunks(sound, (chunk) => shaper.run(chunk));
        return sound;
      },
    })),
    rate: mix.rate,
    workDir,
    signal,
    label,
    onProgress: (stage, share) => progress(stage, stages[stage].from + stages[stage].length * share),
  });
}

/** Music continues from one segment to the next, so the clip is mastered as a whole. */
export async function withBed({
  toolchain,
  profile,
  plan,
  mix,
  workDir,
  signal,
  progress,
  label,
}: RenderPipeline): Promise<Mastered> {
  const { transcoder } = toolchain;
  const { rate } = mix;
  const file = join(workDir, 'mix.raw');
  const each = plan.segments.map((segment) => () => mix.of(segment));
  const frames = (plan.frames * rate) / MIX_RATE;
  await writeBeddedMix(
    file,
    { rate, frames, each },
    { signal, onProgress: (share) => progress('mix', 45 + share * 8) },
  );
  progress('master', 53);
  const recording = await listen(file, profile, { signal, rate });
  return masterWhole({ mix: file, recording, profile, transcoder, workDir, signal, onProgress: progress, label });
}

/** Start and end of each stage, percent of the whole clip. */
const stages = {
  master: { from: 46, length: 12 },
  encode: { from: 58, length: 32 },
  check: { from: 90, length: 9 },
};
