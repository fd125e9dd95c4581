import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from '../../shared/ids.js';
import { mapWithConcurrency } from '../../shared/map-with-concurrency.js';
import { firstFrames } from '../../speech/voices/sound/mp3-frames.js';
import { Semaphore } from '../../shared/semaphore.js';
import { GainLimiter } from './gain-limiter.js';
import { sampleChunks } from '../dsp/in-chunks.js';
import type { Mastered } from './mastering.js';
import { MIX_RATE, MP3_FRAME } from '../mix/mix-plan.js';
import { mp3Head } from './mp3-head.js';
import type { InspectedMp3 } from './mp3-maker.js';
import { EDITION, partSeconds, loadOrShape, type Mp3Part, type PartsJob } from './mp3-parts.js';
import { writeWav } from '../store/pcm-file.js';

/** Parts for each encoder run. */
const BATCH = 8;
/** Encoders that run in parallel. */
const ENCODERS = 2;
/** A part whose peak exceeds the ceiling is encoded again with a lower one, at most this often. */
const PEAK_TRIES = 3;

/** One attempt with one gain. */
export class EncodeAttempt {
  private readonly lower = new Map<string, number>();

  constructor(
    private readonly job: PartsJob,
    private readonly unique: readonly Mp3Part[],
    private readonly kept: ReadonlyMap<string, Float32Array>,
    private readonly gainOf: (part: Mp3Part) => number,
    private readonly ceiling: number,
  ) {}

  async make(): Promise<Mastered> {
    const { job } = this;
    let missing: readonly Mp3Part[] = await this.takeKept();
    for (let attempt = 1; ; attempt++) {
      await this.encode(missing);
      const file = await this.join();
      job.onProgress?.('check', 0);
      const looked = await job.maker.look(file, partSeconds(this.job.parts));
      missing = attempt < PEAK_TRIES ? this.tooHigh(looked) : [];
      if (missing.length === 0) return { ...looked, file };
    }
  }

  /**
   * Copies cached parts into the job's folder, where the cache trimming cannot remove them; returns the missing parts.
   */
  private async takeKept(): Promise<Mp3Part[]> {
    const missing: Mp3Part[] = [];
    for (const part of this.unique) {
      const kept = await this.job.cache.get(this.keyOf(part));
      if (kept) await writeFile(this.fileOf(part, 'mp3'), kept);
      else missing.push(part);
    }
    return missing;
  }

  private async encode(parts: readonly Mp3Part[]): Promise<void> {
    // Distribute by length, so that parallel encoders finish together.
    const sorted = [...parts].sort((a, b) => b.frames - a.frames);
    const count = Math.max(Math.min(this.job.maker.runs, sorted.length), Math.ceil(sorted.length / BATCH));
    const batches = Array.from({ length: count }, (_, n) => sorted.filter((_part, index) => index % count === n));
    let done = 0;
    const preparing = new Semaphore(1);
    const encoding = new Semaphore(ENCODERS);
    this.job.onProgress?.('encode', 0);
    // Prepare the next batch while the encoders work on the others; never more than one, to limit memory.
    await mapWithConcurrency(batches, ENCODERS + 1, this.job.signal, async (batch, _index, signal) => {
      await preparing.run(() => this.prepare(batch, signal));
      await encoding.run(() => this.encodeBatch(batch));
      done += batch.length;
      this.job.onProgress?.('encode', done / parts.length);
    });
  }

  private async prepare(batch: readonly Mp3Part[], signal: AbortSignal): Promise<void> {
    for (const part of batch) {
      signal.throwIfAborted();
      const ceiling = this.ceiling - (this.lower.get(part.key) ?? 0);
      const shaped = this.kept.get(part.key) ?? (await loadOrShape(this.job, part));
      const { rate } = this.job;
      const sound = behind(shaped, rate, this.gainOf(part), ceiling);
      await writeWav(this.fileOf(part, 'wav'), { frames: shaped.length, rate }, sound);
    }
  }

  private async encodeBatch(batch: readonly Mp3Part[]): Promise<void> {
    const files = batch.map((part) => ({ wav: this.fileOf(part, 'wav'), mp3: this.fileOf(part, 'raw.mp3') }));
    await this.job.maker.encode(files, { seconds: partSeconds(batch), rate: this.job.rate });
    for (const [n, part] of batch.entries()) {
      const { wav, mp3 } = files[n]!;
      // The encoder delays the sound by less than a frame and appends frames for that; here they are silence.
      const frames = firstFrames(await readFile(mp3), part.frames / MP3_FRAME);
      if (!frames) throw new Error('the encoder wrote fewer frames than the sound has');
      await writeFile(this.fileOf(part, 'mp3'), frames);
      await this.job.cache.put(this.keyOf(part), frames);
      await Promise.all([rm(wav), rm(mp3)]);
    }
  }

  private async join(): Promise<string> {
    const { workDir, parts, label } = this.job;
    const path = join(workDir, 'clip.mp3');
    const files = parts.map((part) => this.fileOf(part, 'mp3'));
    const sizes = await Promise.all(files.map(async (one) => (await stat(one)).size));
    const frames = parts.reduce((sum, part) => sum + part.frames, 0) / MP3_FRAME;
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const file = await open(path, 'w');
    try {
      for (const [n, one] of files.entries()) {
        const part = await readFile(one);
        if (n === 0) await file.write(mp3Head(part, { frames, bytes }, label));
        await file.write(part);
      }
    } finally {
      await file.close();
    }
    return path;
  }

  /** The parts in which a peak exceeds the ceiling, each with its new, lower ceiling. */
  private tooHigh({ overs }: InspectedMp3): Mp3Part[] {
    const by = new Map<Mp3Part, number>();
    for (const over of overs) {
      const part = this.at(over.at);
      by.set(part, Math.max(by.get(part) ?? 0, over.by));
    }
    for (const [part, much] of by) this.lower.set(part.key, (this.lower.get(part.key) ?? 0) + much + 0.2);
    return [...new Map([...by.keys()].map((part) => [part.key, part])).values()];
  }

  private at(seconds: number): Mp3Part {
    const { parts } = this.job;
    let end = 0;
    for (const part of parts) {
      end += part.frames / MIX_RATE;
      if (seconds < end) return part;
    }
    return parts.at(-1)!;
  }

  private keyOf(part: Mp3Part): string {
    const { encoder, profile, rate } = this.job;
    return hashOf({
      edition: EDITION,
      encoder,
      profile,
      rate,
      part: part.key,
      gain: this.gainOf(part),
      ceiling: this.ceiling,
    });
  }

  private fileOf(part: Mp3Part, kind: string): string {
    return join(this.job.workDir, `${part.key}.${kind}`);
  }
}

/** Works chunk by chunk: whole parts in every stage of the work would fill the memory. */
async function* behind(
  shaped: Float32Array,
  rate: number,
  gain: number,
  ceiling: number,
): AsyncGenerator<Float32Array> {
  const limiter = new GainLimiter(rate, gain, ceiling);
  for await (const chunk of sampleChunks(shaped)) yield limiter.run(chunk);
}
