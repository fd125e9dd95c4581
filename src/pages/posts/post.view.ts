import type { Instant } from '../../shared/clock.js';
import { showInstant, type TimeZone } from '../../shared/local-time.js';
import type { ShownPost } from '../../posts/post-list.service.js';
import type { PostAttempt } from '../../posts/post-attempt.entity.js';
import type { Post } from '../../posts/post.entity.js';
import { postStateNames, postStates, type PostState } from '../../posts/post.transitions.js';
import { capital, postTones } from '../words.js';

export function postRow({ post, channelName }: ShownPost, zone: TimeZone) {
  return {
    id: post.id,
    channel: channelName,
    due: showInstant(post.dueAt, zone),
    opening: opening(post.message),
    state: capital(postStateNames[post.state]),
    tone: postTones[post.state],
  };
}

export function stateChoices(chosen: PostState | undefined) {
  return postStates.map((state) => ({ state, name: capital(postStateNames[state]), chosen: state === chosen }));
}

export function postView(
  shown: ShownPost & { attempts: PostAttempt[] },
  zone: TimeZone,
  now: Instant,
  mayAct: boolean,
) {
  const { post, attempts } = shown;
  const { state } = post;
  const may = (...states: PostState[]) => mayAct && states.includes(state);
  return {
    ...postRow(shown, zone),
    message: post.message,
    byHand: post.adapter === 'manual',
    adapter: post.adapter === 'manual' ? 'Đăng bằng tay' : 'Tự động qua Facebook',
    reason: post.reason ?? '',
    permalink: post.permalink ?? '',
    published: post.publishedAt === null ? '' : showInstant(post.publishedAt, zone),
    next: nextText(post, zone, now),
    late: state === 'awaiting-person' && now > post.dueAt,
    mayConfirm: may('awaiting-person', 'refused', 'unknown'),
    mayCancel: may('scheduled', 'awaiting-person', 'refused'),
    mayRetry: may('refused', 'unknown'),
    /** Sending again what may be out already is a decision of its own. */
    retryIsRisky: state === 'unknown',
    mayLook: may('unknown'),
    attempts: attempts.map((one) => attemptView(one, zone)),
  };
}

const outcomeNames: Record<string, string> = {
  published: 'đã đăng',
  refused: 'bị từ chối',
  duplicate: 'trang báo đã có bài này',
  'not-sent': 'chưa gửi đi được',
  unknown: 'không rõ kết quả',
  found: 'thấy bài trên trang',
  'not-found': 'không thấy bài trên trang',
  failed: 'không tìm được',
};

function attemptView({ kind, startedAt, finishedAt, outcome, detail }: PostAttempt, zone: TimeZone) {
  return {
    what: kind === 'publish' ? 'Gửi lên trang' : 'Tìm trên trang',
    at: showInstant(startedAt, zone),
    outcome: outcome ? (outcomeNames[outcome] ?? outcome) : finishedAt === null ? 'chưa có kết quả' : '',
    detail: detail ?? '',
  };
}

/** What the machine will do by itself, and when. */
function nextText(post: Post, zone: TimeZone, now: Instant): string {
  if (post.state === 'scheduled') {
    const at = Math.max(post.dueAt, post.leaseUntil ?? 0);
    if (post.adapter === 'manual') return `Đến ${showInstant(at, zone)} bài sẽ chờ người đăng.`;
    return at > now ? `Hệ thống tự đăng lúc ${showInstant(at, zone)}.` : 'Hệ thống đang đến lượt đăng bài này.';
  }
  if (post.state === 'unknown' && post.leaseUntil !== null) {
    return `Hệ thống tìm lại trên trang lúc ${showInstant(post.leaseUntil, zone)}.`;
  }
  return '';
}

/** The first line, cut at a word. */
function opening(message: string): string {
  const line = message.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.length <= 90 ? line : `${line.slice(0, 90).replace(/\s+\S*$/, '')}…`;
}
