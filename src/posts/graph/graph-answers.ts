import { z } from 'zod';
import type { FeedEntry, PublishOutcome } from './post-adapter.port.js';

/** The received answer. `body` is undefined when it was longer than allowed. */
export interface GraphAnswer {
  status: number;
  body: string | undefined;
  retryAfterMs?: number;
}

const graphError = z.object({
  error: z.object({
    code: z.int(),
    error_subcode: z.int().optional(),
    message: z.string().optional(),
    error_user_msg: z.string().optional(),
    is_transient: z.boolean().optional(),
  }),
});
type GraphError = z.infer<typeof graphError>['error'];

const created = z.object({ id: z.string().regex(/^\d+(_\d+)?$/), permalink_url: z.string().optional() });

const feed = z.object({
  data: z.array(
    z.object({
      id: z.string().regex(/^\d+(_\d+)?$/),
      message: z.string().optional(),
      created_time: z.string(),
      permalink_url: z.string().optional(),
      from: z.object({ id: z.string() }).optional(),
    }),
  ),
  paging: z
    .object({ next: z.string().optional(), cursors: z.object({ after: z.string().max(500).optional() }).optional() })
    .optional(),
});

// https://developers.facebook.com/docs/graph-api/guides/error-handling
const RATE_LIMITS = new Set([4, 17, 32, 613]);
const RATE_PAUSE_MS = 15 * 60_000;
const KEY_ERRORS = new Set([102, 190]);
const BLOCKED = 368;
const DUPLICATE = 506;
const BAD_PARAMETER = 100;
/** "Unknown error" and "service temporarily unavailable": Graph does not say whether it had already done the work. */
const VAGUE = new Set([1, 2]);

export const FEED_TOO_LONG = 'Trang có quá nhiều bài mới nên không tìm hết được. Xin mở trang xem.';

/**
 * What an answer to a publish request means. Anything that is neither a clear success nor a clear refusal is `unknown`.
 */
export function publishOutcome(answer: GraphAnswer, pageId: string): PublishOutcome {
  const body = parse(answer.body);
  const failure = graphError.safeParse(body);
  if (failure.success && answer.status >= 400) return refusal(failure.data.error, answer);
  if (answer.status === 429) {
    return { kind: 'not-sent', reason: tooOften(429), retryAfterMs: answer.retryAfterMs ?? RATE_PAUSE_MS };
  }
  // 408 is the time-out of an intermediary; it does not know what Graph did meanwhile.
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 408) {
    return { kind: 'refused', reason: `Facebook từ chối yêu cầu (HTTP ${answer.status}). Xin báo quản trị.` };
  }
  const success = created.safeParse(body);
  if (answer.status === 200 && success.success) {
    const externalId = fullId(success.data.id, pageId);
    return { kind: 'published', externalId, permalink: link(success.data.permalink_url, externalId) };
  }
  return { kind: 'unknown', reason: `Facebook trả lời không rõ ràng (HTTP ${answer.status}).` };
}

/** One answer of `/feed`. `after`: the cursor of the next part, null at the end of the list. */
export type FeedPart =
  { kind: 'entries'; entries: FeedEntry[]; after: string | null } | { kind: 'failed'; reason: string };

/** The entries of one answer of `/feed` that the page itself wrote; `failed` unless the whole answer is readable. */
export function feedPart(answer: GraphAnswer, pageId: string): FeedPart {
  const body = parse(answer.body);
  const failure = graphError.safeParse(body);
  if (failure.success) return { kind: 'failed', reason: refusal(failure.data.error, answer).reason };
  const list = feed.safeParse(body);
  if (answer.status !== 200 || !list.success) {
    return { kind: 'failed', reason: `Chưa xem được trang (HTTP ${answer.status}).` };
  }
  const { data, paging } = list.data;
  // The URL of the next answer holds an access token and is not followed: only its cursor is used.
  const after = paging?.next ? (paging.cursors?.after ?? afterOf(paging.next)) : null;
  if (paging?.next && !after) return { kind: 'failed', reason: FEED_TOO_LONG };
  const entries: FeedEntry[] = [];
  for (const one of data) {
    const createdAt = graphTime(one.created_time);
    if (createdAt === null) return { kind: 'failed', reason: 'Không đọc được giờ của các bài trên trang.' };
    // Visitors write into the same feed; their entries are ignored.
    if (one.from && one.from.id !== pageId) continue;
    const externalId = fullId(one.id, pageId);
    entries.push({ externalId, message: one.message ?? '', createdAt, permalink: link(one.permalink_url, externalId) });
  }
  return { kind: 'entries', entries, after };
}

function afterOf(next: string): string | null {
  const after = URL.canParse(next) ? new URL(next).searchParams.get('after') : null;
  return after && after.length <= 500 ? after : null;
}

function refusal(error: GraphError, answer: GraphAnswer): Exclude<PublishOutcome, { kind: 'published' }> {
  const { code } = error;
  if (RATE_LIMITS.has(code) || answer.status === 429) {
    return { kind: 'not-sent', reason: tooOften(code), retryAfterMs: answer.retryAfterMs ?? RATE_PAUSE_MS };
  }
  if (VAGUE.has(code) || error.is_transient) {
    return { kind: 'unknown', reason: `Facebook báo lỗi tạm thời (mã ${code}).` };
  }
  if (code === DUPLICATE) {
    return {
      kind: 'refused',
      duplicate: true,
      reason: 'Facebook báo bài này trùng với bài vừa đăng trên trang (mã 506).',
    };
  }
  const closed = pageClosed(code);
  return closed ? { kind: 'page-closed', reason: closed } : { kind: 'refused', reason: refusalSentence(error) };
}

/** Why the page accepts no post at all, whatever its text; null when the refusal concerns this post only. */
function pageClosed(code: number): string | null {
  if (KEY_ERRORS.has(code)) {
    return `Khóa truy cập trang đã hết hạn hoặc bị thu hồi (mã ${code}). Xin nhờ quản trị hệ thống cấp khóa mới cho trang, rồi bấm đăng tiếp.`;
  }
  if (code === 10 || (code >= 200 && code < 300)) {
    return `Khóa truy cập không có quyền đăng lên trang (mã ${code}). Xin cấp quyền pages_manage_posts cho khóa, rồi bấm đăng tiếp.`;
  }
  if (code === BLOCKED) {
    return 'Facebook đang tạm chặn trang đăng bài (mã 368). Xin mở trang xem thông báo của Facebook, rồi bấm đăng tiếp.';
  }
  return null;
}

function refusalSentence({ code, error_subcode, message, error_user_msg }: GraphError): string {
  const said = short(error_user_msg ?? message ?? '');
  const number = error_subcode === undefined ? `mã ${code}` : `mã ${code}, ${error_subcode}`;
  if (code === BAD_PARAMETER) return `Facebook không nhận nội dung này (${number}): ${said}`;
  return `Facebook từ chối (${number}): ${said}`;
}

function tooOften(code: number): string {
  return `Facebook báo trang gọi quá nhiều lần (mã ${code}); hệ thống sẽ thử lại sau.`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

function parse(body: string | undefined): unknown {
  if (body === undefined) return undefined;
  try {
    // No database stores these, and an answer that cannot be stored would be requested again.
    return JSON.parse(body, (_name, value: unknown) =>
      typeof value === 'string' ? value.replace(/[\0\p{Cs}]/gu, '�') : value,
    ) as unknown;
  } catch {
    return undefined;
  }
}

/** `<page>_<post>`, also where Graph gives the second half only. */
function fullId(id: string, pageId: string): string {
  return id.includes('_') ? id : `${pageId}_${id}`;
}

/** People see it as a link, so only an address of Facebook is accepted. */
function link(given: string | undefined, externalId: string): string {
  if (given && URL.canParse(given)) {
    const { protocol, hostname } = new URL(given);
    if (protocol === 'https:' && (hostname === 'facebook.com' || hostname.endsWith('.facebook.com'))) return given;
  }
  return `https://www.facebook.com/${externalId}`;
}

/** '2026-11-24T01:00:00+0000': RFC 3339 except for the missing colon in the zone. */
function graphTime(text: string): number | null {
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}
