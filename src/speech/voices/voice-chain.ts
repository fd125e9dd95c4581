import { readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../shared/domain-error.js';
import { mapWithConcurrency } from '../../shared/map-with-concurrency.js';
import type { SentenceCache, SentenceKey } from './sentence-cache.js';
import { estimateSeconds, type Paragraph } from './sentences.js';
import { activeDbfs, activeShare, trimSilence } from './sound/sound.js';
import { VoiceError, type SpeakRequest, type VoiceEngine } from './engines/voice.port.js';
import { parseWav, wavSeconds, type Pcm } from './sound/wav.js';

/** One voice of an ordered chain. */
export interface ChainLink {
  readonly engine: VoiceEngine;
  readonly voice: string;
}

export interface FellBack {
  readonly engine: string;
  readonly voice: string;
  readonly reason: VoiceError['reason'];
  /** The failure in Vietnamese, for display. */
  readonly why: string;
}

/**
 * One synthesised sentence. `file` holds the sound, trimmed of silence, mono 16-bit, at its voice's own sample rate.
 */
export interface SpokenSentence {
  readonly text: string;
  readonly paragraph: number;
  readonly engine: string;
  readonly voice: string;
  readonly seconds: number;
  /** Samples in `file`, and samples per second. */
  readonly frames: number;
  readonly sampleRate: number;
  /** Loudness of the speech, dBFS over the blocks above silence. */
  readonly level: number;
  readonly file: string;
  /** The preferred voices that failed. */
  readonly fellBackFrom: readonly FellBack[];
}

export interface SpeakOptions {
  readonly rate: number;
  /** A folder for temporary files, used by this job only. */
  readonly workDir: string;
  readonly signal?: AbortSignal;
  /** Called after each sentence with the completed share, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * A voice with this many consecutive failures is skipped for the rest of the clip; otherwise every sentence would wait
 * for its retries.
 */
const MAX_FAILURES_IN_A_ROW = 2;
const PARALLEL = 2;

/**
 * Reads sentences with an ordered chain of voices. Each sentence is read by the first voice whose answer is sound of a
 * plausible length (0.3 to 3 times the estimate) and not silent. Results are cached, so a repeated or repaired clip
 * calls no engine twice.
 */
export class VoiceChain {
  constructor(
    private readonly links: readonly ChainLink[],
    private readonly cache: SentenceCache,
  ) {}

  async read(paragraphs: readonly Paragraph[], options: SpeakOptions): Promise<SpokenSentence[]> {
    const jobs = paragraphs.flatMap((sentences, paragraph) => sentences.map((text) => ({ text, paragraph })));
    const misses = new Map<ChainLink, number>();
    // A sentence that occurs twice in one text is read once, also while the first reading is in progress.
    const underWay = new Map<string, Promise<Reading>>();
    let done = 0;
    return mapWithConcurrency(jobs, PARALLEL, options.signal, async ({ text, paragraph }, index, signal) => {
      const reading = underWay.get(text) ?? this.readOne(text, index, { ...options, signal }, misses);
      underWay.set(text, reading);
      const read = await reading;
      options.onProgress?.(++done / jobs.length);
      return { text, paragraph, ...read };
    });
  }

  /** The voices in order, with their editions; when the description differs, the same text may sound different. */
  get description(): string {
    return this.links.map(({ engine, voice }) => `${engine.name} ${engine.edition} ${voice}`).join(', ');
  }

  close(): void {
    for (const { engine } of this.links) engine.close?.();
  }

  private async readOne(
    text: string,
    index: number,
    options: SpeakOptions,
    misses: Map<ChainLink, number>,
  ): Promise<Reading> {
    const fellBackFrom: FellBack[] = [];
    for (const link of this.links) {
      try {
        if ((misses.get(link) ?? 0) >= MAX_FAILURES_IN_A_ROW) throw new VoiceError(link.engine.name, 'resting');
        const { pcm, file, kept } = await this.ask(link, text, index, options);
        if (!kept) misses.set(link, 0);
        const { engine, voice } = link;
        return {
          engine: engine.name,
          voice,
          seconds: wavSeconds(pcm),
          frames: pcm.samples.length,
          sampleRate: pcm.rate,
          level: activeDbfs(pcm),
          file,
          fellBackFrom,
        };
      } catch (error) {
        if (!(error instanceof VoiceError)) throw error;
        await refuseFullDisk(options.workDir, error);
        if (error.reason !== 'resting') misses.set(link, (misses.get(link) ?? 0) + 1);
        const { name } = link.engine;
        fellBackFrom.push({ engine: name, voice: link.voice, reason: error.reason, why: error.sentence.vi });
      }
    }
    throw noVoiceRead(text, fellBackFrom);
  }

  private async ask(link: ChainLink, text: string, index: number, { rate, workDir, signal }: SpeakOptions) {
    const { engine, voice } = link;
    const pace = engine.fixedRate ?? rate;
    const key: SentenceKey = { engine: engine.name, edition: engine.edition, voice, rate: pace, text };
    const kept = await this.cache.get(key);
    if (kept) return { pcm: kept, file: this.cache.fileOf(key), kept: true };
    const outFile = join(workDir, `${index}-${engine.name}.wav`);
    try {
      const bytes = await spoken(engine, { text, voice, rate: pace, outFile, signal });
      const pcm = checked(engine.name, text, pace, bytes);
      return { pcm, file: await this.cache.put(key, pcm), kept: false };
    } finally {
      await rm(outFile, { force: true });
    }
  }
}

/**
 * Any error of an engine is a failure of that engine, and the next one may try. An abort and a full disk are rethrown.
 */
async function spoken(engine: VoiceEngine, request: SpeakRequest): Promise<Uint8Array> {
  try {
    await engine.speak(request);
    return await readFile(request.outFile);
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof VoiceError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOSPC', 'EROFS', 'EACCES', 'EDQUOT'].includes(code)) throw error;
    throw new VoiceError(engine.name, code === 'ENOENT' ? 'not-audio' : 'crashed', '', { cause: error });
  }
}

type Reading = Omit<SpokenSentence, 'text' | 'paragraph'>;

/**
 * An engine on a full disk may report any error or write half a file. No other voice can succeed then, so this throws
 * ENOSPC.
 */
async function refuseFullDisk(folder: string, cause: VoiceError): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < 1_000_000) throw Object.assign(new Error('the disk is full', { cause }), { code: 'ENOSPC' });
}

/** The trimmed sound of an answer; throws VoiceError when it cannot be that sentence. */
export function checked(engine: string, text: string, rate: number, bytes: Uint8Array): Pcm {
  let raw: Pcm;
  try {
    raw = parseWav(bytes);
  } catch (cause) {
    throw new VoiceError(engine, 'not-audio', '', { cause });
  }
  if (activeShare(raw) < 0.05) throw new VoiceError(engine, 'silent');
  const pcm = trimSilence(raw);
  const expected = estimateSeconds(text, rate);
  const seconds = wavSeconds(pcm);
  if (seconds < 0.3 * expected || seconds > 3 * expected) {
    throw new VoiceError(engine, 'wrong-length', `${seconds.toFixed(1)} s, ~${expected.toFixed(1)} s`);
  }
  return pcm;
}

function noVoiceRead(text: string, tried: readonly FellBack[]): DomainError {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const reasons = tried.map(({ engine, reason }) => `${engine}: ${reason}`).join(', ');
  return new DomainError(
    'unavailable',
    'no-voice',
    {
      vi: `Không giọng đọc nào đọc được câu "${short}". ${tried.map(({ why }) => why).join(' ')} Xem lại câu này hoặc kiểm tra bằng lệnh "loa doctor".`,
      en: `No voice could read the sentence "${short}" (${reasons}). Change the sentence, or check with "loa doctor".`,
    },
    { text, tried },
  );
}
