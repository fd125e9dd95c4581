import { VIETNAM } from '../../shared/local-time.js';
import type { ContentUnderApproval } from '../../approvals/content-under-approval.js';
import type { BulletinClass } from '../../campaigns/bulletin-class.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import type { ChannelWindow } from '../../channels/entities/channel-window.entity.js';
import { contributionKinds } from '../../scripts/contribution.js';
import { aCampaign, aClip, anObligation, aScript, aVersion } from '../parts/script-facts.fake.js';
import { translate } from '../language/language.js';
import { decisionView, inboxRow, inboxOrder, type ApprovalViewer, plannedReach } from './approval.view.js';

const content = (change: Partial<ContentUnderApproval> = {}): ContentUnderApproval => ({
  version: aVersion({ state: 'submitted', submittedAt: Date.UTC(2026, 10, 24, 1) }),
  script: aScript(),
  content: { title: 'Bài', text: 'Bà con chú ý.', clips: [] },
  hash: 'f'.repeat(64),
  contentHash: 'e'.repeat(64),
  scope: { channelIds: null, from: '2026-11-24', until: '2026-11-30', bulletinClass: 'normal' },
  clips: [aClip(), aClip({ id: 'c2', profile: 'fm', durationMs: 90_000 })],
  ...change,
});

const leader: ApprovalViewer = { accountId: 'leader', contributors: [] };
const by = (accountId: string) => [{ accountId, name: '', kind: 'text' as const, count: 1 }];

describe('what waits for a decision', () => {
  it('is told with its author, its time and its longest clip', () => {
    expect(inboxRow(content(), VIETNAM, leader, 'Nguyễn Thị Biên')).toEqual({
      id: 'v1',
      title: 'Bài',
      n: '1',
      channel: 'Truyền thanh cơ sở',
      submitter: 'Nguyễn Thị Biên',
      submitted: 'Thứ Ba 24/11, 08:00',
      campaign: '',
      urgency: '',
      urgencyTone: '',
      length: '1 phút 30 giây',
      mine: false,
    });
    expect(inboxRow(content({ clips: [] }), VIETNAM, leader, '').length).toBe('không có tiếng');
  });

  it('one does not decide on his own work', () => {
    for (const kind of contributionKinds) {
      const contributors = [{ accountId: 'other', name: 'Lan', kind, count: 1 }];
      expect(inboxRow(content(), VIETNAM, { accountId: 'leader', contributors }, '').mine).toBe(false);
      expect(inboxRow(content(), VIETNAM, { accountId: 'other', contributors }, '').mine).toBe(true);
      expect(inboxRow(content(), VIETNAM, { accountId: null, contributors }, '').mine).toBe(false);
    }
  });

  it('who did what is told, and which of it is the reader', () => {
    const contributors = [
      { accountId: 'a', name: 'Lan', kind: 'reading' as const, count: 2 },
      { accountId: 'leader', name: 'Nam', kind: 'recording' as const, count: 1 },
    ];
    const view = decisionView(content(), VIETNAM, { accountId: 'leader', contributors }, '', { comment: '' });
    expect(view.contributors.map(({ sentence, who, n, you }) => [translate(sentence, { who, n }), you])).toEqual([
      ['Bản đọc do Lan sửa 2 chỗ', false],
      ['Bản thu do Nam tải lên', true],
    ]);
  });

  it('the form names the hash of what is shown, and each clip that will sound', () => {
    const view = decisionView(content(), VIETNAM, leader, '', { comment: 'Sửa đoạn hai' });
    expect(view).toMatchObject({ hash: 'f'.repeat(64), waiting: true, comment: 'Sửa đoạn hai', sound: true });
    expect(view.clips.map(({ profile, spoken }) => [profile, spoken])).toEqual([
      ['Bản thu cho loa nén ngoài trời', 'Bà con chú ý.'],
      ['Bản thu cho truyền thanh thành phố', 'Bà con chú ý.'],
    ]);
  });

  it('what is decided already is not decided again', () => {
    const decided = content({ version: aVersion({ state: 'approved' }) });
    expect(decisionView(decided, VIETNAM, leader, '', { comment: '' })).toMatchObject({
      waiting: false,
      state: 'đã duyệt',
    });
  });

  it('the urgent come first, his own work last', () => {
    const row = (author: string, bulletinClass: BulletinClass) =>
      inboxRow(content(), VIETNAM, { ...leader, contributors: by(author) }, '', { name: '', bulletinClass });
    const rows = [row('leader', 'emergency'), row('a', 'normal'), row('b', 'priority'), row('c', 'emergency')];
    expect(inboxOrder(rows).map(({ urgency, mine }) => [urgency, mine])).toEqual([
      ['Khẩn cấp', false],
      ['Ưu tiên', false],
      ['', false],
      ['Khẩn cấp', true],
    ]);
  });

  it('tells where and when it will go out', () => {
    const window = { name: 'Buổi tối', start: '23:30', minutes: 60, active: true } as ChannelWindow;
    const channel = { name: 'Truyền thanh phường Bắc Hà', kind: 'ward-loudspeaker' } as Channel;
    const setting = {
      campaign: aCampaign(),
      directive: null,
      channels: [channel, channel],
      earlier: [],
      inForce: null,
      demands: [],
    };
    const view = plannedReach({ ...setting, obligations: [anObligation()], windows: [window, window] });
    expect(view).toMatchObject({
      channelsCount: '2 kênh',
      period: 'từ 20/11/2026 đến hết 30/11/2026',
      plays: '3–5 lần mỗi ngày',
      sessions: ['Buổi tối 23:30–00:30'],
    });
  });
});
