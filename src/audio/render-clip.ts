import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../shared/domain-error.js';
import { splitSpoken } from '../speech/voices/sentences.js';
import type { SpokenSentence, VoiceChain } from '../speech/voices/voice-chain.js';
import type { Pcm } from '../speech/voices/wav.js';
import { assemble } from './assemble.js';
import type { Transcoder } from './ffmpeg.adapter.js';
import { master } from './mastering.js';
import { understandably, type MediaStore } from './media-store.js';
import { MIX_RATE, planMix, REPEAT_NOTICE, type Chime, type MixPlan } from './mix-plan.js';
import { profiles, type ProfileName } from './profiles.js';
import { resampledFrames } from './resample.js';

export type RenderStage = 'voices' | 'mix' | 'master' | 'encode' | 'check' | 'done';

/** Everything outside the process that a clip is made with; `makeStudio` puts it together. */
export interface Studio {
  readonly voices: VoiceChain;
  readonly transcoder: Transcoder;
  readonly store: MediaStore;
  readonly chimes: Readonly<Record<Chime, Pcm>>;
}

export interface RenderRequest {
  /** Spoken form: sentences, paragraphs on lines of their own. */
  readonly text: string;
  readonly profile: ProfileName;
  /** Words a minute. */
  readonly rate: number;
  readonly chimes: { readonly opening: boolean; readonly closing: boolean };
  /** Read all twice, with "Xin nhắc lại." between. */
  readonly repeat: boolean;
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
 * Spoken text to one finished mp3 in the store. Equal inputs give equal bytes with the same tools. Nothing is visible in the
 * store before the file is whole, measured and flushed to disk; a run that fails or is stopped removes all it made.
 * Throws: `nothing-to-say` (invalid), `no-voice`, `no-ffmpeg`, `ffmpeg-…`, `clip-not-ready`, `media-full`, `media-read-only`
 * (all unavailable), or the signal's reason.
 */
export async function renderClip(studio: Studio, request: RenderRequest): Promise<RenderedClip> {
  const paragraphs = splitSpoken(request.text);
  if (paragraphs.length === 0) {
    throw new DomainError('invalid', 'nothing-to-say', {
      vi: 'Bài không có chữ nào để đọc.',
      en: 'The text has nothing to read aloud.',
    });
  }
  const { signal, rate } = request;
  const profile = profiles[request.profile];
  const progress = progressOf(request.onProgress);
  const workDir = await studio.store.workDir();
  try {
    return await understandably(studio.store.folder, async () => {
      const asked = request.repeat ? [...paragraphs, [REPEAT_NOTICE]] : paragraphs;
      const onProgress = (share: number) => progress('voices', share * 70);
      const sentences = await studio.voices.read(asked, { rate, workDir, signal, onProgress });
      progress('mix', 70);
      const chimes = chosen(studio.chimes, request.chimes);
      const plan = planFor(sentences, chimes, request.repeat);
      const mix = join(workDir, 'mix.wav');
      await assemble(plan, sentences, chimes, mix, signal);
      const mastered = await master(studio.transcoder, {
        profile,
        input: mix,
        planSeconds: plan.seconds,
        workDir,
        signal,
        onProgress: (stage) => progress(stage, { master: 75, encode: 82, check: 94 }[stage]),
      });
      signal?.throwIfAborted();
      const stored = await studio.store.put(mastered.file);
      progress('done', 100);
      return {
        ...stored,
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
    });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

function planFor(sentences: readonly SpokenSentence[], chimes: Partial<Record<Chime, Pcm>>, repeat: boolean): MixPlan {
  const long = (frames: number, from: number) => resampledFrames(frames, from, MIX_RATE);
  const lengths = sentences.map(({ frames, sampleRate, paragraph }) => {
    return { frames: long(frames, sampleRate), paragraph };
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

function chosen(chimes: Studio['chimes'], wanted: RenderRequest['chimes']): Partial<Record<Chime, Pcm>> {
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

/** A correction goes back a stage; the bar does not. */
function progressOf(tell: RenderRequest['onProgress']): (stage: RenderStage, percent: number) => void {
  let highest = 0;
  return (stage, percent) => {
    highest = Math.max(highest, Math.round(percent));
    tell?.(stage, highest);
  };
}
