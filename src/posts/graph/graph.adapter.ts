import { Injectable } from '@nestjs/common';
import { Clock, type Instant } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import { FEED_TOO_LONG, feedPart, type GraphAnswer, publishOutcome } from './graph-answers.js';
import { type FeedEntry, type LookupOutcome, PostAdapter, type PublishOutcome } from './post-adapter.port.js';
import { CALL_MS, SKEW_MS } from './post-rules.js';
import { callOnce, CallFailure } from './single-call.js';

/** Entries of one answer: the maximum that Graph gives. */
const FEED_LIMIT = 100;
/** Maximum number of answers that one lookup reads: no page run by people has two thousand entries in half an hour. */
const FEED_PARTS = 20;
const FIELDS = 'id,permalink_url';
/**
 * Facebook's Graph API (developers.facebook.com/docs/graph-api/reference/page/feed). The access token is sent in the
 * Authorization header only: URLs end up in logs. Redirects are not followed, so it goes nowhere else.
 */
@Injectable()
export class GraphAdapter extends PostAdapter {
  /** For one call, from connecting to the last byte. */
  limits = { timeoutMs: CALL_MS, maxBytes: 2_000_000 };

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    super();
  }

  ready(): boolean {
    // A token with a space or a line end cannot be sent in a header.
    return Boolean(this.config.graph.pageId) && /^[\x21-\x7e]+$/.test(this.config.graph.token ?? '');
  }

  async publish(message: string, signal: AbortSignal, mayGo?: () => boolean): Promise<PublishOutcome> {
    if (signal.aborted) return { kind: 'not-sent', reason: 'Máy chủ đang dừng; sẽ đăng khi chạy lại.' };
    // With `fields`, Graph answers a creation with the fields that a read would return.
    const form = new URLSearchParams({ message, fields: FIELDS });
    try {
      const { answer } = await this.call('POST', form, signal, mayGo);
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
    const entries: FeedEntry[] = [];
    try {
      for (let n = 0; n < FEED_PARTS; n++) {
        const { answer, date } = await this.call('GET', query, signal);
        const off = date === null ? 0 : Math.abs(date - this.clock.now());
        if (off > SKEW_MS) {
          // When the clocks disagree "nothing since then" proves nothing, and a repeated post cannot be taken back.
          const minutes = Math.round(off / 60_000);
          return { kind: 'failed', reason: `Đồng hồ máy chủ lệch ${minutes} phút so với Facebook. Xin chỉnh lại giờ.` };
        }
        const part = feedPart(answer, this.page());
        if (part.kind === 'failed') return part;
        entries.push(...part.entries);
        if (!part.after) return { kind: 'entries', entries };
        query.set('after', part.after);
      }
      return { kind: 'failed', reason: FEED_TOO_LONG };
    } catch (error) {
      return { kind: 'failed', reason: `Chưa xem được trang (${failure(error).code}).` };
    }
  }

  private async call(
    method: 'GET' | 'POST',
    parameters: URLSearchParams,
    signal: AbortSignal,
    mayGo?: () => boolean,
  ): Promise<{ answer: GraphAnswer; date: Instant | null }> {
    const { url, version, token = '' } = this.config.graph;
    if (!token) throw new Error('no page token');
    const address = new URL(`${url.replace(/\/+$/, '')}/${version}/${this.page()}/feed`);
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' };
    if (method === 'POST') headers['content-type'] = 'application/x-www-form-urlencoded;charset=UTF-8';
    if (method === 'GET') address.search = parameters.toString();
    const answer = await callOnce({
      method,
      url: address,
      headers,
      body: method === 'POST' ? parameters.toString() : undefined,
      signal,
      mayGo,
      ...this.limits,
    });
    // Graph has been seen to quote a token in its message; the token must not be stored.
    const body = answer.body?.replaceAll(token, '***');
    const seconds = Number(answer.headers['retry-after'] ?? NaN);
    const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
    const date = Date.parse(answer.headers.date ?? '');
    return { answer: { status: answer.status, body, retryAfterMs }, date: Number.isNaN(date) ? null : date };
  }

  private page(): string {
    return this.config.graph.pageId ?? '';
  }
}

function failure(error: unknown): { code: string; unsent: boolean } {
  return error instanceof CallFailure ? error : { code: 'không có trả lời', unsent: false };
}
