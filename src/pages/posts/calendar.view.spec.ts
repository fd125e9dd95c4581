import { addDays, instantOf, VIETNAM } from '../../shared/local-time.js';
import type { Post } from '../../posts/state/post.entity.js';
import type { PostPause } from '../../posts/post-pause.entity.js';
import { calendarView, calendarRange } from './calendar.view.js';
import { heartbeatView, switches } from './fanpage.view.js';

const NOW = instantOf('2026-11-24', '10:42', VIETNAM);
const post = (at: string, change: Partial<Post> = {}) => ({
  post: {
    id: at,
    message: 'Bà con chú ý phòng chống sốt xuất huyết trong mùa mưa này nhé, diệt lăng quăng mỗi tuần.',
    dueAt: instantOf(at.slice(0, 10), at.slice(11), VIETNAM),
    state: 'scheduled',
    adapter: 'manual',
    ...change,
  } as Post,
  channelCode: 'fanpage',
  channelName: 'Fanpage',
});

describe('the month and the week of posts', () => {
  it.each([
    ['month', '2026-11-24', '2026-10-26', '2026-12-06'],
    ['month', '2026-02-01', '2026-01-26', '2026-03-01'],
    ['week', '2026-11-29', '2026-11-23', '2026-11-29'],
    ['week', '2027-01-01', '2026-12-28', '2027-01-03'],
  ] as const)('%s of %s: whole weeks from Monday', (span, date, from, until) => {
    expect(calendarRange(span, date)).toEqual({ from, until });
  });

  it('a post stands on the day of its own zone, with its state in a word', () => {
    const view = calendarView('month', '2026-11-24', [post('2026-11-24 05:30')], VIETNAM, NOW);
    expect(view.days).toHaveLength(42);
    const day = view.days.find(({ date }) => date === '2026-11-24');
    expect(day).toMatchObject({ today: true, outside: false, n: '24', name: 'Thứ Ba 24/11' });
    expect(day?.posts).toMatchObject([{ time: '05:30', state: 'Đã hẹn giờ', byHand: true }]);
    expect(view.days[0]).toMatchObject({ outside: true, posts: [] });
    expect(view.weekdays).toHaveLength(7);
  });

  it('leads to the months and weeks beside it', () => {
    const month = calendarView('month', '2026-01-31', [], VIETNAM, NOW);
    expect([month.before, month.after]).toEqual([
      '/bai-dang?xem=thang&ngay=2025-12-31',
      '/bai-dang?xem=thang&ngay=2026-02-01',
    ]);
    const week = calendarView('week', '2026-11-24', [], VIETNAM, NOW);
    expect(week.after).toBe(`/bai-dang?xem=tuan&ngay=${addDays('2026-11-24', 7)}`);
    expect(week.none).toBe(true);
  });
});

describe('the sign of life', () => {
  it('is told to the second, and red when it is late or was never there', () => {
    const at = instantOf('2026-11-24', '10:42', VIETNAM) + 5000;
    expect(heartbeatView({ at, late: false }, at, VIETNAM)).toMatchObject({
      sentence: 'Bộ đăng bài chạy lúc 10:42:05',
      tone: 'good',
      late: false,
    });
    expect(heartbeatView({ at, late: true }, at + 121_000, VIETNAM)).toMatchObject({
      sentence: 'Bộ đăng bài ngừng từ 10:42:05.',
      tone: 'bad',
    });
    expect(heartbeatView({ at, late: true }, at + 24 * 3_600_000, VIETNAM).sentence).toContain('10:42:05, 24/11/2026');
    expect(heartbeatView(null, at, VIETNAM)).toMatchObject({ tone: 'bad', late: true });
  });
});

describe('the switch', () => {
  const pages = [{ id: 'c', code: 'fanpage', name: 'Fanpage' }];
  const pause = (paused: boolean) =>
    new Map([['c', { channelId: 'c', paused, reason: 'tin đồn', changedAt: NOW, changedBy: 'a' } as PostPause]]);

  it('says how it stands, who threw it and why', () => {
    const one = (map: ReadonlyMap<string, PostPause>) => switches(pages, map, () => 'Lan', VIETNAM, true, true)[0];
    expect(one(new Map())).toMatchObject({ paused: false, state: 'Đang đăng theo giờ hẹn', since: '', reason: '' });
    expect(one(pause(true))).toMatchObject({
      paused: true,
      tone: 'warn',
      since: 'Tạm dừng Thứ Ba 24/11, 10:42, Lan',
      reason: 'tin đồn',
    });
    const byHand = switches(pages, new Map(), () => 'Lan', VIETNAM, true, false)[0];
    expect(byHand?.state).toBe('Đăng bằng tay: đến giờ, bài chờ bạn đăng');
    expect(one(pause(false))).toMatchObject({ paused: false, since: 'Đăng tiếp từ Thứ Ba 24/11, 10:42, Lan' });
  });
});
