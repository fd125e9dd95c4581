import type { Instant } from '../../shared/clock.js';
import type { TimeZone } from '../../shared/local-time.js';
import type { PostAttempt } from '../../posts/state/post-attempt.entity.js';
import type { PostImage } from '../../posts/images/post-image.entity.js';
import type { ShownPost } from '../../posts/post-list.service.js';
import type { Post } from '../../posts/state/post.entity.js';
import { postStateNames, postStates, type PostState } from '../../posts/state/post.transitions.js';
import { moment, translate } from '../language/language.js';
import { upperFirst, lengthShort, postTones } from '../language/words.js';

export function postRow({ post, channelName }: ShownPost, zone: TimeZone) {
  return {
    id: post.id,
    channel: channelName,
    due: moment(post.dueAt, zone),
    opening: messageOpening(post.message),
    state: upperFirst(translate(postStateNames[post.state])),
    tone: postTones[post.state],
    reason: post.reason ?? '',
    byHand: post.adapter === 'manual',
  };
}

export function stateChoices(chosen: PostState | undefined) {
  return postStates.map((state) => ({
    state,
    name: upperFirst(translate(postStateNames[state])),
    chosen: state === chosen,
  }));
}

/** The context of one post on its screen. */
export interface PostSetting {
  image: PostImage | null;
  clips: readonly { sha256: string; durationMs: number | null }[];
  /** The person who posted it by hand; empty after automatic posting. */
  publisher: string;
  paused: boolean;
}

const bare: PostSetting = { image: null, clips: [], publisher: '', paused: false };

export function postView(
  shown: ShownPost & { attempts: PostAttempt[] },
  zone: TimeZone,
  now: Instant,
  mayAct: boolean,
  { image, clips, publisher, paused }: PostSetting = bare,
) {
  const { post, attempts } = shown;
  const { state } = post;
  const may = (...states: PostState[]) => mayAct && states.includes(state);
  const byHand = post.adapter === 'manual';
  return {
    ...postRow(shown, zone),
    message: post.message,
    initials: initials(shown.channelName),
    shownAt: moment(post.publishedAt ?? post.dueAt, zone),
    adapter: byHand ? translate('Đăng bằng tay') : translate('Tự động qua Facebook'),
    permalink: post.permalink ?? '',
    published: post.publishedAt === null ? '' : moment(post.publishedAt, zone),
    publisher,
    next:
      paused && state === 'scheduled' && !byHand
        ? translate('Trang đang tạm dừng nên bài chờ.')
        : nextText(post, zone, now),
    late: state === 'awaiting-person' && now > post.dueAt,
    mayConfirm: may('awaiting-person', 'refused', 'unknown'),
    cancelAction: `/bai-dang/${post.id}/huy`,
    mayCancel: may('scheduled', 'awaiting-person', 'refused'),
    mayRetry: may('refused', 'unknown'),
    /** A retry of a post that may already be published needs a separate confirmation. */
    retryIsRisky: state === 'unknown',
    mayLook: may('unknown'),
    mayPicture: byHand && may('scheduled', 'awaiting-person'),
    image: image && {
      alt: image.alt,
      width: String(image.width),
      height: String(image.height),
      // The image id in the URL keeps browsers from showing a replaced image.
      src: `/api/posts/${post.id}/image?v=${image.id}`,
      download: `/api/posts/${post.id}/image?download=1`,
    },
    clips: clips.map(({ sha256, durationMs }) => ({
      href: `/api/clips/${sha256}.mp3`,
      name: `bai-dang-${post.id.slice(0, 8)}.mp3`,
      length: durationMs === null ? '' : lengthShort(durationMs),
    })),
    attempts: attempts.map((one) => attemptView(one, zone)),
  };
}

const outcomeNames: Record<string, string> = {
  published: 'đã đăng',
  refused: 'bị từ chối',
  duplicate: 'trang báo đã có bài này',
  'not-sent': 'chưa gửi đi được',
  restored: 'có thể bản khác của hệ thống đã đăng',
  unknown: 'không rõ kết quả',
  found: 'thấy bài trên trang',
  'not-found': 'không thấy bài trên trang',
  failed: 'không tìm được',
};

/** UI texts from tables, for the spec that checks their English. */
export const postWords: readonly string[] = [...Object.values(outcomeNames), ...Object.values(postStateNames)];

function attemptView({ kind, startedAt, finishedAt, outcome, detail }: PostAttempt, zone: TimeZone) {
  return {
    what: kind === 'publish' ? translate('Gửi lên trang') : translate('Tìm trên trang'),
    at: moment(startedAt, zone),
    outcome: outcome
      ? translate(outcomeNames[outcome] ?? outcome)
      : finishedAt === null
        ? translate('chưa có kết quả')
        : '',
    detail: detail ?? '',
  };
}

/** The next automatic step and its time. */
function nextText(post: Post, zone: TimeZone, now: Instant): string {
  if (post.state === 'scheduled') {
    const at = Math.max(post.dueAt, post.leaseUntil ?? 0);
    const when = moment(at, zone);
    if (post.adapter === 'manual') return translate('Đến {when} bài sẽ chờ người đăng.', { when });
    return at > now
      ? translate('Hệ thống tự đăng lúc {when}.', { when })
      : translate('Hệ thống đang đến lượt đăng bài này.');
  }
  if (post.state === 'unknown' && post.leaseUntil !== null) {
    return translate('Hệ thống tìm lại trên trang lúc {when}.', { when: moment(post.leaseUntil, zone) });
  }
  return '';
}

/** The first line, cut at a word boundary. */
export function messageOpening(message: string, most = 90): string {
  const line = message.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.length <= most ? line : `${line.slice(0, most).replace(/\s+\S*$/, '')}…`;
}

/** 'Fanpage Thành phố Hà Tĩnh' → 'FT': the placeholder of the page's profile picture. */
function initials(name: string): string {
  const words = name.split(/[\s\-–]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toLocaleUpperCase('vi'))
    .join('');
}
