import { Injectable } from '@nestjs/common';
import { Clock, type Instant } from '../shared/clock.js';
import { Config } from '../config/config.js';
import { type GraphAnswer, lookupOutcome, publishOutcome } from './graph.answers.js';
import { type LookupOutcome, PostAdapter, type PublishOutcome } from './post-adapter.port.js';
import { SKEW_MS } from './post.rules.js';

const FEED_LIMIT = 100;
const FIELDS = 'id,permalink_url';
/** Failures of the TLS handshake or the connect, so before the first byte of a request is written. */
const BEFORE_SENDING = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Facebook's Graph API (developers.facebook.com/docs/graph-api/reference/page/feed). The key travels in
 * the Authorization header only: addresses end up in logs. Redirects are not followed, so it goes nowhere else.
 */
@Injectable()
export class GraphAdapter extends PostAdapter {
  /** For one call, from the first byte to the last. Far below LEASE_MS. */
  limits = { timeoutMs: 30_000, maxBytes: 2_000_000 };

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    super();
  }

  ready(): boolean {
    // A key with a space or a line end in it cannot travel in a header.
    return Boolean(this.config.graph.pageId) && /^[\x21-\x7e]+$/.test(this.config.graph.token ?? '');
  }

  async publish(message: string, signal: AbortSignal): Promise<PublishOutcome> {
    if (signal.aborted) return { kind: 'not-sent', reason: 'Máy chủ đang dừng; sẽ đăng khi chạy lại.' };
    // With `fields`, Graph answers a creation with what a reading would show.
    const form = new URLSearchParams({ message, fields: FIELDS });
    try {
      const { answer } = await this.call('POST', form, signal);
      return publishOutcome(answer, this.page());
    } catch (error) {
      const { code, unsent } = failure(error);
      if (unsent)
        return { kind: 'not-sent', reason: `Không kết nối được tới Facebook (${code}); hệ thống sẽ thử lại.` };
      return { kind: 'unknown', reason: 'Đã gửi nhưng không nhận được trả lời của Facebook.' };
    }
  }

  async lookUp(since: Instant, signal: AbortSignal): Promise<LookupOutcome> {
    const query = new URLSearchParams({
      fields: 'id,message,created_time,permalink_url,from',
      since: String(Math.floor(since / 1000)),
      limit: String(FEED_LIMIT),
    });
    try {
      const { answer, date } = await this.call('GET', query, signal);
      const off = date === null ? 0 : Math.abs(date - this.clock.now());
      if (off > SKEW_MS) {
        // With clocks that disagree "nothing since then" proves nothing, and a repeated post cannot be taken back.
        const minutes = Math.round(off / 60_000);
        return { kind: 'failed', reason: `Đồng hồ máy chủ lệch ${minutes} phút so với Facebook. Xin chỉnh lại giờ.` };
      }
      return lookupOutcome(answer, this.page(), FEED_LIMIT);
    } catch (error) {
      return { kind: 'failed', reason: `Chưa xem được trang (${failure(error).code}).` };
    }
  }

  private async call(
    method: 'GET' | 'POST',
    parameters: URLSearchParams,
    signal: AbortSignal,
  ): Promise<{ answer: GraphAnswer; date: Instant | null }> {
    const { url, version, token = '' } = this.config.graph;
    if (!token) throw new Error('no page token');
    const address = `${url.replace(/\/+$/, '')}/${version}/${this.page()}/feed`;
    const response = await fetch(method === 'GET' ? `${address}?${parameters}` : address, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      body: method === 'POST' ? parameters : undefined,
      signal: AbortSignal.any([signal, AbortSignal.timeout(this.limits.timeoutMs)]),
    });
    // Graph has been seen to quote a key in its message; nothing of it is kept.
    const body = (await readUpTo(response, this.limits.maxBytes))?.replaceAll(token, '***');
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
    const date = Date.parse(response.headers.get('date') ?? '');
    return { answer: { status: response.status, body, retryAfterMs }, date: Number.isNaN(date) ? null : date };
  }

  private page(): string {
    return this.config.graph.pageId ?? '';
  }
}

async function readUpTo(response: Response, maxBytes: number): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    // Leaving the loop cancels the body, so nothing more is taken in.
    if (length > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

interface SystemError {
  code?: unknown;
  syscall?: unknown;
  errors?: SystemError[];
}

/** The system's word for a failed call, and whether it failed before anything was sent. */
function failure(error: unknown): { code: string; unsent: boolean } {
  const cause = (error as { cause?: SystemError }).cause;
  const code = typeof cause?.code === 'string' ? cause.code : 'không có trả lời';
  // One error for every address that was tried, or a single one.
  const all = cause?.errors ?? (cause ? [cause] : []);
  const early = (one: SystemError) => one.syscall === 'connect' || one.syscall === 'getaddrinfo';
  return { code, unsent: BEFORE_SENDING.has(code) || (all.length > 0 && all.every(early)) };
}
