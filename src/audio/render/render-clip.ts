import { rm } from 'node:fs/promises';
import { DomainError } from '../../shared/domain-error.js';
import { hashOf, sha256 } from '../../shared/ids.js';
import { splitSpoken, type Paragraph } from '../../speech/voices/sentences.js';
import type { SpokenSentence } from '../../speech/voices/voice-chain.js';
import { samplesToBytes, type Pcm } from '../../speech/voices/sound/wav.js';
import { requireClipLength } from '../mix/estimate.js';
import { translateDiskErrors } from '../store/disk-media-store.js';
import { markWanted } from '../store/orphan-clips.js';
import { MIX_RATE, planMix, REPEAT_NOTICE, type Chime, type MixPlan } from '../mix/mix-plan.js';
import { MixSound } from '../mix/mix-sound.js';
import { BED_EDITION } from '../mix/music-bed.js';
import { profiles, type ProfileName } from '../dsp/mastering-profiles.js';
import { inParts, withBed, type RenderPipeline } from './render-pipeline.js';
import { stageProgress, type AudioToolchain, type RenderProgress, type RenderStage } from '../master/render-stages.js';
import type { ClipLabel } from '../master/mp3-head.js';
import { resampledFrames } from '../dsp/resample.js';

/** Part of the hash of every clip: increase it when the processing changes. */
const EDITION = 5;

export interface RenderRequest {
  /** Spoken form: sentences, one paragraph on each line. */
  readonly text: string;
  readonly profile: ProfileName;
  /** Words a minute. */
  readonly rate: number;
  readonly chimes: { readonly opening: boolean; readonly closing: boolean };
  /** Read everything twice, with "Xin nhắc lại." between. */
  readonly repeat: boolean;
  /** Music under the speech, where the profile allows it. */
  readonly bed?: boolean;
  /** What players show of the clip: part of its bytes. */
  readonly label?: ClipLabel;
  readonly signal?: AbortSignal;
  /** `percent` of the whole clip, 0 to 100, never falling. */
  readonly onProgress?: (stage: RenderStage, percent: number) => void;
}

export interface RenderedSentence {
  readonly text: string;
  readonly engine: string;
  readonly voice: string;
  readonly seconds: number;
  readonly fellBackFrom: SpokenSentence['fellBackFrom'];
}

export interface RenderedClip {
  /** Absolute path under the media folder, named by its hash. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** As measured on the delivered file. */
  readonly seconds: number;
  readonly planSeconds: number;
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  readonly longestSilence: number;
  /** 800 values from 0 to 1: the waveform. */
  readonly peaks: readonly number[];
  readonly sentences: readonly RenderedSentence[];
  /** 'espeak/vi' or 'google/vi 5, espeak/vi 2': voices by sentences read. */
  readonly engines: string;
}

/**
 * Renders spoken text to one finished mp3 in the store. Equal inputs give equal bytes with the same tools, and cost
 * nothing the second time. The file becomes visible in the store only when it is complete, measured and flushed to
 * disk; a run that fails or is stopped removes everything it made. Throws: `nothing-to-say`, `clip-too-long` (invalid),
 * `no-voice`, `no-ffmpeg`, `ffmpeg-…`, `clip-not-ready`, `media-full`, `media-read-only` (all unavailable), or the
 * signal's reason.
 */
export async function renderClip(toolchain: AudioToolchain, request: RenderRequest): Promise<RenderedClip> {
  const paragraphs = splitSpoken(request.text);
  if (paragraphs.length === 0) {
    throw new DomainError('invalid', 'nothing-to-say', {
      vi: 'Bài không có chữ nào để đọc.',
      en: 'The text has nothing to read aloud.',
    });
  }
  const progress = stageProgress(request.onProgress);
  const asked = request.repeat ? [...paragraphs, [REPEAT_NOTICE]] : paragraphs;
  const name = nameOf(toolchain, request, asked);
  const existing = await madeBefore(toolchain, name);
  if (existing) {
    progress('done', 100);
    return existing;
  }
  const workDir = await toolchain.store.workDir();
  try {
    return await translateDiskErrors(toolchain.store.folder, async () => {
      const clip = await make(toolchain, request, asked, workDir, progress);
      // Do not cache a clip with a fallback: a voice that did not answer this time may answer the next.
      const withoutFallback = clip.sentences.every(({ fellBackFrom }) => fellBackFrom.length === 0);
      if (withoutFallback) await toolchain.made.put(name, Buffer.from(JSON.stringify(clip)));
      progress('done', 100);
      return clip;
    });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

async function make(
  toolchain: AudioToolchain,
  { rate, signal, repeat, profile: profileName, ...request }: RenderRequest,
  asked: readonly Paragraph[],
  workDir: string,
  progress: RenderProgress,
): Promise<RenderedClip> {
  const profile = profiles[profileName];
  const onSentence = (share: number) => progress('voices', share * 45);
  const sentences = await toolchain.voices.read(asked, { rate, workDir, signal, onProgress: onSentence });
  progress('mix', 45);
  const chimes = chosen(toolchain.chimes, request.chimes);
  const plan = planFor(sentences, chimes, repeat);
  requireClipLength(plan.seconds);
  const mix = new MixSound(sentences, chimes);
  const { label } = request;
  const pipeline: RenderPipeline = { toolchain, profile, plan, mix, workDir, signal, progress, label };
  const mastered = await (request.bed && profile.bed ? withBed(pipeline) : inParts(pipeline));
  signal?.throwIfAborted();
  const { file, sha256, bytes } = await toolchain.store.put(mastered.file);
  return {
    file,
    sha256,
    bytes,
    seconds: mastered.seconds,
    planSeconds: plan.seconds,
    integratedLufs: mastered.integrated,
    truePeakDbtp: mastered.truePeak,
    longestSilence: mastered.longestSilence,
    peaks: mastered.peaks,
    sentences: sentences.map(({ text, engine, voice, seconds, fellBackFrom }) => {
      return { text, engine, voice, seconds, fellBackFrom };
    }),
    engines: summary(sentences),
  };
}

/** Hash of everything on which the clip depends. */
function nameOf(
  toolchain: AudioToolchain,
  { profile, rate, chimes, repeat, bed, label }: RenderRequest,
  asked: readonly Paragraph[],
): string {
  const { voices, transcoder } = toolchain;
  const chimeBytes = Object.entries(chosen(toolchain.chimes, chimes)).map(([name, pcm]) => {
    return pcm && [name, pcm.rate, sha256(samplesToBytes(pcm.samples))];
  });
  const sound = {
    edition: EDITION,
    voices: voices.description,
    encoder: transcoder.edition,
    profile: profiles[profile],
  };
  const music = bed && profiles[profile].bed ? BED_EDITION : undefined;
  return hashOf({ ...sound, rate, repeat, chimes: chimeBytes, asked, music, label });
}

async function madeBefore({ made, store }: AudioToolchain, name: string): Promise<RenderedClip | undefined> {
  const kept = await made.get(name);
  if (!kept) return undefined;
  const clip = JSON.parse(kept.toString()) as RenderedClip;
  // Look it up by hash: the media folder may have moved.
  const existing = await store.find(clip.sha256).catch(() => undefined);
  if (existing?.bytes !== clip.bytes) return undefined;
  await markWanted(existing.file);
  return { ...clip, file: existing.file };
}

function planFor(sentences: readonly SpokenSentence[], chimes: Partial<Record<Chime, Pcm>>, repeat: boolean): MixPlan {
  const long = (frames: number, from: number) => resampledFrames(frames, from, MIX_RATE);
  const lengths = sentences.map(({ text, frames, sampleRate, paragraph }) => {
    return { frames: long(frames, sampleRate), paragraph, mark: parseInt(sha256(text).slice(0, 8), 16) };
  });
  const notice = repeat ? lengths.pop() : undefined;
  return planMix({
    sentences: lengths,
    chimes: {
      opening: chimes.opening && long(chimes.opening.samples.length, chimes.opening.rate),
      closing: chimes.closing && long(chimes.closing.samples.length, chimes.closing.rate),
    },
    repeat: notice && { frames: notice.frames, index: lengths.length },
  });
}

function chosen(chimes: AudioToolchain['chimes'], wanted: RenderRequest['chimes']): Partial<Record<Chime, Pcm>> {
  return {
    opening: wanted.opening ? chimes.opening : undefined,
    closing: wanted.closing ? chimes.closing : undefined,
  };
}

function summary(sentences: readonly SpokenSentence[]): string {
  const counts = new Map<string, number>();
  for (const { engine, voice } of sentences) {
    counts.set(`${engine}/${voice}`, (counts.get(`${engine}/${voice}`) ?? 0) + 1);
  }
  const names = [...counts].sort(([, a], [, b]) => b - a);
  return names.length === 1 ? names[0]![0] : names.map(([name, count]) => `${name} ${count}`).join(', ');
}
