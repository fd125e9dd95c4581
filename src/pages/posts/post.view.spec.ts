import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { Post } from '../../posts/state/post.entity.js';
import { postStates, type PostState } from '../../posts/state/post.transitions.js';
import { postRow, postView, stateChoices } from './post.view.js';

const DUE = instantOf('2026-11-24', '09:00', VIETNAM);

function post(change: Partial<Post> = {}): Post {
  return {
    id: 'p',
    key: 'k',
    campaignId: 'c',
    channelId: 'ch',
    scriptVersionId: 'v',
    message: '\nBà con chú ý!\nNội dung.',
    adapter: 'graph',
    dueAt: DUE,
    state: 'scheduled',
    attempt: 0,
    leaseUntil: null,
    externalId: null,
    permalink: null,
    reason: null,
    createdAt: 0,
    createdBy: null,
    publishedAt: null,
    publishedBy: null,
    ...change,
  };
}

const shown = (change: Partial<Post> = {}) => ({ post: post(change), channelCode: 'fanpage', channelName: 'Fanpage' });
const view = (change: Partial<Post> = {}, now = DUE - 60_000, mayAct = true) =>
  postView({ ...shown(change), attempts: [] }, VIETNAM, now, mayAct);

describe('a post on the screen', () => {
  it('is known by its first words, cut between two of them', () => {
    expect(postRow(shown(), VIETNAM).opening).toBe('Bà con chú ý!');
    const long = postRow(shown({ message: 'một hai ba '.repeat(20) }), VIETNAM).opening;
    expect([long.length <= 91, /\s(một|hai|ba)…$/.test(long)]).toEqual([true, true]);
  });

  it.each<[PostState, string[]]>([
    ['scheduled', ['cancel']],
    ['publishing', []],
    ['awaiting-person', ['confirm', 'cancel']],
    ['published', []],
    ['refused', ['confirm', 'cancel', 'retry']],
    ['unknown', ['confirm', 'retry', 'look', 'risky']],
    ['cancelled', []],
  ])('while %s a page admin may: %j; others only look', (state, may) => {
    const rights = (mayAct: boolean) => {
      const { mayConfirm, mayCancel, mayRetry, mayLook, retryIsRisky } = view({ state }, DUE, mayAct);
      const all = {
        confirm: mayConfirm,
        cancel: mayCancel,
        retry: mayRetry,
        look: mayLook,
        risky: retryIsRisky && mayAct,
      };
      return Object.entries(all).flatMap(([name, yes]) => (yes ? [name] : []));
    };
    expect([rights(true), rights(false)]).toEqual([may, []]);
  });

  it('says what happens next, and when', () => {
    expect(view().next).toBe('Hệ thống tự đăng lúc Thứ Ba 24/11, 09:00.');
    expect(view({ leaseUntil: DUE + 600_000 }, DUE).next).toBe('Hệ thống tự đăng lúc Thứ Ba 24/11, 09:10.');
    expect(view({ adapter: 'manual' }).next).toBe('Đến Thứ Ba 24/11, 09:00 bài sẽ chờ người đăng.');
    expect(view({ state: 'unknown', leaseUntil: DUE }).next).toBe(
      'Hệ thống tìm lại trên trang lúc Thứ Ba 24/11, 09:00.',
    );
    expect(view({ state: 'unknown' }).next).toBe('');
  });

  it('calls the person only when it is due', () => {
    expect(view({ state: 'awaiting-person' }, DUE + 1).late).toBe(true);
    expect(view({ state: 'scheduled' }, DUE + 1).late).toBe(false);
  });

  it('a try without an outcome is told as one', () => {
    const attempt = { id: 'a', postId: 'p', n: 1, kind: 'publish' as const, startedAt: DUE, finishedAt: null };
    const [row] = postView(
      { ...shown(), attempts: [{ ...attempt, outcome: null, detail: null }] },
      VIETNAM,
      DUE,
      true,
    ).attempts;
    expect(row).toEqual({ what: 'Gửi lên trang', at: 'Thứ Ba 24/11, 09:00', outcome: 'chưa có kết quả', detail: '' });
  });

  it('every state can be chosen in the filter', () => {
    expect(stateChoices('unknown').filter(({ chosen }) => chosen)).toEqual([
      { state: 'unknown', name: 'Chưa rõ đã đăng hay chưa', chosen: true },
    ]);
    expect(stateChoices(undefined)).toHaveLength(postStates.length);
  });
});
