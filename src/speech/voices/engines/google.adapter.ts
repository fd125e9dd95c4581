import { readFile, rm, writeFile } from 'node:fs/promises';
import { getAudioUrl } from 'google-tts-api';
import type { Clock } from '../../../shared/clock.js';
import { fetchSound, type FetchLimits } from './fetch-sound.js';
import { textChunks } from './google-chunks.js';
import { shapeOfMp3 } from '../sound/mp3-frames.js';
import { trimSilence } from '../sound/sound.js';
import { VoiceError, type SoundDecoder, type SpeakRequest, type VoiceEngine } from './voice.port.js';
import { encodeWav, parseWav, type Pcm } from '../sound/wav.js';

export interface GoogleOptions {
  /** Scheme and host, e.g. 'https://translate.google.com'. */
  readonly host: string;
  readonly decoder: SoundDecoder;
  readonly clock: Clock;
  readonly limits?: Partial<FetchLimits>;
}

/** Gap between the pieces of one sentence, in seconds. */
const JOIN_GAP = 0.06;

/**
 * Google Translate's voice. google-tts-api only builds the addresses: its base64 call evaluates the server's answer as
 * code, so the mp3 is fetched here. The address is not a documented service: it may refuse at any time, and the chain
 * needs another voice behind it. All callers share one queue with one request at a time.
 */
export class GoogleAdapter implements VoiceEngine {
  readonly name = 'google';
  readonly edition = '1';
  /** The service has only "normal" and "slow". */
  readonly fixedRate = 160;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: GoogleOptions) {}

  async speak({ text, voice, outFile, signal }: SpeakRequest): Promise<void> {
    signal?.throwIfAborted();
    const pieces: Pcm[] = [];
    try {
      for (const [index, chunk] of textChunks(text).entries()) {
        const bytes = await this.inTurn(() => this.fetch(chunk, voice, signal));
        pieces.push(await this.decode(bytes, `${outFile}.${index}`, signal));
      }
      if (pieces.length === 0) throw new VoiceError(this.name, 'refused', 'no text');
      await writeFile(outFile, encodeWav(joined(pieces)));
    } catch (error) {
      await rm(outFile, { force: true });
      throw error;
    }
  }

  private async fetch(chunk: string, lang: string, signal?: AbortSignal): Promise<Uint8Array> {
    const { host, clock, limits } = this.options;
    const url = getAudioUrl(chunk, { lang, slow: false, host: host.replace(/\/+$/, '') });
    const bytes = await fetchSound(this.name, url, clock, limits, signal);
    const { frames, whole } = shapeOfMp3(bytes);
    if (frames === 0) throw new VoiceError(this.name, 'not-audio', 'not an mp3');
    if (!whole) throw new VoiceError(this.name, 'not-audio', 'the file is cut off');
    return bytes;
  }

  private async decode(bytes: Uint8Array, base: string, signal?: AbortSignal): Promise<Pcm> {
    const [mp3, wav] = [`${base}.mp3`, `${base}.wav`];
    try {
      await writeFile(mp3, bytes);
      await this.options.decoder.toWav(mp3, wav, signal);
      return parseWav(await readFile(wav));
    } catch (cause) {
      signal?.throwIfAborted();
      throw new VoiceError(this.name, 'not-audio', 'it cannot be decoded', { cause });
    } finally {
      await Promise.all([rm(mp3, { force: true }), rm(wav, { force: true })]);
    }
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

function joined(pieces: readonly Pcm[]): Pcm {
  const rate = pieces[0]!.rate;
  if (pieces.length === 1) return pieces[0]!;
  if (pieces.some((piece) => piece.rate !== rate)) throw new VoiceError('google', 'not-audio', 'mixed sample rates');
  const gap = new Int16Array(Math.round(JOIN_GAP * rate));
  const parts = pieces.flatMap((piece, index) => [...(index ? [gap] : []), trimSilence(piece).samples]);
  const samples = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { rate, samples };
}
