import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { anySignal } from '../../../shared/any-signal.js';
import type { Clock } from '../../../shared/clock.js';
import { fetchSound, readBody, type FetchLimits } from './fetch-sound.js';
import { shapeOfMp3 } from '../sound/mp3-frames.js';
import { VoiceError, type SoundDecoder, type SpeakRequest, type VoiceEngine } from './voice.port.js';
import { BadWav, parseWav } from '../sound/wav.js';

/** The voices of FPT.AI: northern banmai, thuminh, leminh; central myan, giahuy; southern lannhi, linhsan. */
export const fptVoices = ['banmai', 'thuminh', 'leminh', 'myan', 'giahuy', 'lannhi', 'linhsan'] as const;

export interface FptOptions {
  /** URL of the service, e.g. 'https://api.fpt.ai/hmi/tts/v5'. */
  readonly url: string;
  /** A secret: sent to the service only, never in an error or a log. Without a key the engine is "missing". */
  readonly key: string | undefined;
  readonly decoder: SoundDecoder;
  readonly clock: Clock;
  readonly limits?: Partial<FetchLimits>;
}

const answer = z.object({
  error: z.number(),
  async: z.string().optional(),
  message: z.string().optional(),
});

/** The service's limits for one text, in characters. */
const [SHORTEST, LONGEST] = [3, 5_000];
/** The service promises the file within two minutes. It is requested after 1, 2, 4, 8 seconds, then every ten. */
const fileLimits: Partial<FetchLimits> = { tries: 16, firstWaitMs: 1_000, longestWaitMs: 10_000, notYet: [403, 404] };
/** Hosts of its files. Any other address in an answer is refused, because it might be inside our own network. */
const fileHosts = /(^|\.)fpt\.ai$|^s3[.-]ap-southeast-1\.amazonaws\.com$/;

/**
 * FPT.AI's voices. The answer to the text is the address of a file that does not exist yet; the file is requested until
 * it exists. https://docs.fpt.ai/docs/en/speech/api/text-to-speech
 */
export class FptAdapter implements VoiceEngine {
  readonly name = 'fpt';
  readonly edition = 'v5';

  constructor(private readonly options: FptOptions) {}

  async speak({ text, voice, rate, outFile, signal }: SpeakRequest): Promise<void> {
    const { key, clock, limits } = this.options;
    signal?.throwIfAborted();
    if (!key) throw new VoiceError(this.name, 'missing', 'LOA_FPT_KEY');
    if (!(fptVoices as readonly string[]).includes(voice)) throw new VoiceError(this.name, 'refused', voice);
    const said = text.normalize('NFC').trim();
    if (said.length < SHORTEST || said.length > LONGEST)
      throw new VoiceError(this.name, 'refused', `${said.length} chữ / characters`);
    const address = await this.order(key, said, voice, speedFor(rate), signal);
    const bytes = await fetchSound(this.name, address, clock, { ...fileLimits, ...limits }, signal);
    await this.decode(bytes, outFile, signal);
  }

  /**
   * Submits the text and returns the address of the sound. Overload is retried like a missing file; a hang is not,
   * because the service may have accepted the order.
   */
  private async order(
    key: string,
    text: string,
    voice: string,
    speed: number,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { url, clock, limits } = this.options;
    for (let attempt = 1; ; attempt++) {
      const late = AbortSignal.timeout(limits?.timeoutMs ?? 10_000);
      const both = anySignal(signal, late);
      let status: number;
      let body: Uint8Array;
      try {
        const headers = { api_key: key, voice, speed: `${speed}`, format: 'mp3', 'content-type': 'text/plain' };
        const response = await fetch(url, { method: 'POST', headers, body: text, redirect: 'manual', signal: both });
        status = response.status;
        body = await readBody(this.name, response, 100_000);
      } catch (cause) {
        signal?.throwIfAborted();
        if (cause instanceof VoiceError) throw cause;
        throw new VoiceError(this.name, late.aborted ? 'timeout' : 'network', '', { cause });
      }
      if (status === 200) return this.addressIn(body);
      const isBusy = status === 429 || status >= 500;
      if (!isBusy || attempt === 3) throw new VoiceError(this.name, isBusy ? 'busy' : 'refused', `HTTP ${status}`);
      await clock.sleep(1_000 * 2 ** attempt, signal);
    }
  }

  private addressIn(body: Uint8Array): string {
    let reply: z.infer<typeof answer>;
    try {
      reply = answer.parse(JSON.parse(Buffer.from(body).toString('utf8')));
    } catch (cause) {
      throw new VoiceError(this.name, 'not-audio', 'JSON?', { cause });
    }
    if (reply.error !== 0)
      throw new VoiceError(this.name, 'refused', `${reply.error} ${reply.message ?? ''}`.slice(0, 80));
    const address = URL.canParse(reply.async ?? '') ? new URL(reply.async!) : undefined;
    const service = new URL(this.options.url);
    const isTheirs = address?.protocol === 'https:' && fileHosts.test(address.hostname);
    if (address && (isTheirs || address.origin === service.origin)) return address.href;
    throw new VoiceError(this.name, 'refused', `địa chỉ lạ / foreign address ${address?.host ?? ''}`.trim());
  }

  private async decode(bytes: Uint8Array, outFile: string, signal?: AbortSignal): Promise<void> {
    const { frames, whole } = shapeOfMp3(bytes);
    if (frames === 0 || !whole) throw new VoiceError(this.name, 'not-audio', frames ? 'cut off' : 'not an mp3');
    const mp3 = `${outFile}.mp3`;
    try {
      await writeFile(mp3, bytes);
      await this.options.decoder.toWav(mp3, outFile, signal);
      parseWav(await readFile(outFile));
    } catch (cause) {
      await rm(outFile, { force: true });
      signal?.throwIfAborted();
      const isSound = !(cause instanceof BadWav) && (cause as { code?: string }).code !== 'ffmpeg-failed';
      if (isSound) throw cause;
      throw new VoiceError(this.name, 'not-audio', 'it cannot be decoded', { cause });
    } finally {
      await rm(mp3, { force: true });
    }
  }
}

/** Maps 100 to 220 words a minute to −3 to 3. */
function speedFor(rate: number): number {
  return Math.max(-3, Math.min(3, Math.round((rate - 160) / 20)));
}
