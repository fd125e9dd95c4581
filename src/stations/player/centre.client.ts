import { ageOf, COPY_HEADER, type CopyMark, readMark, SEEN_HEADER, writeMark } from '../../shared/copy-mark.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { PlaylistAnchor } from './anchor-note.js';
import type { ReportedLogState, PlayEvent } from './play-log.js';

/**
 * The centre could not be reached: no network, no answer in time, or an answer that says "later". Try again. `reason`:
 * `offline`, or why this centre must be ignored at present.
 */
export class Unreachable extends Error {
  constructor(
    message: string,
    options?: ErrorOptions,
    readonly reason: 'offline' | 'house-passive' | 'older-copy' = 'offline',
    /** How long the centre asks to wait; 0 when it does not say. */
    readonly retryAfterMs = 0,
  ) {
    super(message, options);
  }
}

/** The centre refused, and will refuse again. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly details: Readonly<Record<string, unknown>>,
  ) {
    super(`${status} ${code}`);
  }
}

export interface CentreOptions {
  /** e.g. https://loa.example.vn */
  baseUrl: string;
  token: string;
  /** The network; tests and the demo cut it. */
  fetch?: typeof fetch;
  /** Stores the newest copy of the installation heard of; default: in memory, for the life of the player. */
  memory?: { load(): Promise<string | null>; save(mark: string): Promise<void> };
  /** Whether the installation has signed a mark; without it every mark is believed. */
  isOurs?: (mark: CopyMark) => boolean;
}

/** Base64 of the Ed25519 signature over the bytes of the playlist. */
const SIGNATURE_HEADER = 'x-loa-signature';
/** Without it a dead connection would hold a station for minutes. */
const TIMEOUT_MS = 20_000;
/** A centre that asks for a longer wait is asked again after this time. */
const LONGEST_WAIT_MS = 60_000;
/** Audio over a slow connection. */
const CLIP_TIMEOUT_MS = 10 * 60_000;

export type PlaylistAnswer =
  { state: 'unchanged' } | { state: 'new'; body: Buffer; etag: string; signature: string | null };

/** The centre's answer to a batch of the log. */
export interface ReportAnswer {
  accepted: number;
  duplicates: number;
  highest: number;
  missing: { from: number; to: number }[];
}

/** The station's side of the HTTP interface under /api/station. Uses neither files nor the clock. */
export class CentreClient {
  private seen?: CopyMark | null;

  constructor(private readonly options: CentreOptions) {}

  /** Null when the answer does not come from a centre. */
  async me(): Promise<ReportedLogState | null> {
    return logStateIn(await this.json('GET', '/api/station/me'));
  }

  async playlist(date: LocalDate, etag?: string): Promise<PlaylistAnswer> {
    const headers = etag ? { 'if-none-match': etag } : undefined;
    const response = await this.ask('GET', `/api/station/playlist?date=${date}`, { headers });
    if (response.status === 304) return { state: 'unchanged' };
    return {
      state: 'new',
      body: await this.whole(response),
      etag: response.headers.get('etag') ?? '',
      signature: response.headers.get(SIGNATURE_HEADER),
    };
  }

  async clip(sha256: string): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.ask('GET', `/api/station/clips/${sha256}.mp3`, {}, CLIP_TIMEOUT_MS);
    return chunksOf(response);
  }

  async report(events: readonly PlayEvent[]): Promise<ReportAnswer> {
    return (await this.json('POST', '/api/station/as-run', { events })) as ReportAnswer;
  }

  /** Null from a centre of an older version, which does not report the state of the log. */
  async heartbeat(state: {
    playerVersion: string;
    freeBytes?: number;
    now?: number;
    /** The slot that sounds now. */
    playing?: string;
    /** The latest row of the centre's audit that a playlist named. */
    audit?: PlaylistAnchor;
  }): Promise<ReportedLogState | null> {
    return logStateIn(await this.json('POST', '/api/station/heartbeat', state));
  }

  private async json(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = body === undefined ? undefined : { 'content-type': 'application/json' };
    const response = await this.ask(method, path, {
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = (await this.whole(response)).toString('utf8');
    try {
      return text === '' ? {} : JSON.parse(text);
    } catch {
      throw new Unreachable('the answer broke off'); // a proxy's page, or half an answer
    }
  }

  private async whole(response: Response): Promise<Buffer> {
    try {
      return Buffer.from(await response.arrayBuffer());
    } catch (cause) {
      throw new Unreachable('the answer broke off', { cause });
    }
  }

  private async ask(method: string, path: string, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<Response> {
    const wire = this.options.fetch ?? fetch;
    const seen = await this.newestSeen();
    let response: Response;
    try {
      response = await wire(this.options.baseUrl.replace(/\/+$/, '') + path, {
        ...init,
        method,
        redirect: 'error', // the token goes to the centre only
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...(init.headers as Record<string, string>),
          ...(seen ? { [SEEN_HEADER]: writeMark(seen) } : {}),
          authorization: `Bearer ${this.options.token}`,
        },
      });
    } catch (cause) {
      throw new Unreachable('no connection to the centre', { cause });
    }
    if (response.ok || response.status === 304) {
      if (await this.isNewest(response.headers.get(COPY_HEADER))) return response;
      await response.body?.cancel();
      throw new Unreachable('an older copy of the centre answered', {}, 'older-copy');
    }
    if (response.status === 429 || response.status >= 500) {
      const { code } = await saidBy(response);
      const reason = code === 'house-passive' ? code : 'offline';
      const seconds = Number(response.headers.get('retry-after')) || 0;
      const wait = Math.min(LONGEST_WAIT_MS, 1000 * seconds);
      throw new Unreachable(`the centre answered ${response.status}`, {}, reason, wait);
    }
    const said = await saidBy(response);
    throw new Refused(response.status, said.code ?? 'refused', said.details ?? {});
  }

  /**
   * Two copies of an installation may run after a restore; the station obeys only the newest copy that it has ever
   * heard of.
   */
  private async isNewest(header: string | null): Promise<boolean> {
    const seen = await this.newestSeen();
    const heard = readMark(header);
    const ours = heard && (this.options.isOurs?.(heard) ?? true) ? heard : null;
    if (!seen && !ours) return true;
    if (!ours) return false;
    const age = seen ? ageOf(ours, seen) : 'newer';
    if (age === 'older' || age === 'twin') return false;
    if (age !== 'same') {
      await this.options.memory?.save(writeMark(ours));
      this.seen = ours;
    }
    return true;
  }

  private async newestSeen(): Promise<CopyMark | null> {
    if (this.seen === undefined) this.seen = readMark(await this.options.memory?.load());
    return this.seen;
  }
}

async function saidBy(response: Response): Promise<{ code?: string; details?: Record<string, unknown> }> {
  return (await response.json().catch(() => ({}))) as { code?: string; details?: Record<string, unknown> };
}

function logStateIn(answer: unknown): ReportedLogState | null {
  const { lastSequence, missing = [] } = answer as Partial<ReportedLogState>;
  return typeof lastSequence === 'number' ? { lastSequence, missing } : null;
}

async function* chunksOf(response: Response): AsyncIterable<Uint8Array> {
  if (!response.body) return;
  try {
    for await (const chunk of response.body) yield chunk as Uint8Array;
  } catch (cause) {
    throw new Unreachable('the answer broke off', { cause });
  }
}
