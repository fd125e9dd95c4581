import { anySignal } from '../../../shared/any-signal.js';
import type { Clock } from '../../../shared/clock.js';
import { VoiceError } from './voice.port.js';

export interface FetchLimits {
  /** For one attempt, from the request to the last byte. */
  readonly timeoutMs: number;
  /** 200 characters are about 100 kB of mp3. */
  readonly maxBytes: number;
  readonly tries: number;
  /** Wait before the second attempt; doubled for each later one. A longer Retry-After wins, up to `longestWaitMs`. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Statuses that mean "not yet", besides 429 and 5xx. */
  readonly notYet: readonly number[];
}

const usual: FetchLimits = {
  timeoutMs: 10_000,
  maxBytes: 2_000_000,
  tries: 3,
  firstWaitMs: 1_000,
  longestWaitMs: 15_000,
  notYet: [],
};

interface Busy {
  readonly error: VoiceError;
  readonly retryAfterMs: number;
}

/**
 * Downloads `url` if its content type is audio. Retries 429, 5xx and "not yet" statuses with growing pauses, and
 * nothing else: a refusal is final, and a request that hangs is not repeated because the next voice is waiting.
 * Redirects are not followed.
 */
export async function fetchSound(
  engine: string,
  url: string,
  clock: Clock,
  limits: Partial<FetchLimits> = {},
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const limit = { ...usual, ...limits };
  for (let attempt = 1; ; attempt++) {
    const answer = await tryOnce(engine, url, limit, signal);
    if (answer instanceof Uint8Array) return answer;
    if (attempt >= limit.tries) throw answer.error;
    const wait = Math.max(limit.firstWaitMs * 2 ** (attempt - 1), answer.retryAfterMs);
    await clock.sleep(Math.min(wait, limit.longestWaitMs), signal);
  }
}

async function tryOnce(
  engine: string,
  url: string,
  limit: FetchLimits,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | Busy> {
  const late = AbortSignal.timeout(limit.timeoutMs);
  const both = anySignal(signal, late);
  try {
    const response = await fetch(url, { redirect: 'manual', signal: both, headers: { accept: 'audio/mpeg' } });
    if (response.status === 429 || response.status >= 500 || limit.notYet.includes(response.status)) {
      await response.body?.cancel();
      const seconds = Number(response.headers.get('retry-after') ?? 0);
      const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
      return { error: new VoiceError(engine, 'busy', `HTTP ${response.status}`), retryAfterMs };
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new VoiceError(engine, 'refused', `HTTP ${response.status}`);
    }
    const type = response.headers.get('content-type') ?? '';
    if (!/^audio\//i.test(type)) {
      await response.body?.cancel();
      throw new VoiceError(engine, 'not-audio', type.slice(0, 60) || 'no content type');
    }
    return await readBody(engine, response, limit.maxBytes);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof VoiceError) throw cause;
    if (late.aborted) throw new VoiceError(engine, 'timeout', `${limit.timeoutMs} ms`, { cause });
    throw new VoiceError(engine, 'network', '', { cause });
  }
}

export async function readBody(engine: string, response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    // Leaving the loop cancels the body, so no more data is received.
    if (length > maxBytes) throw new VoiceError(engine, 'too-large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
