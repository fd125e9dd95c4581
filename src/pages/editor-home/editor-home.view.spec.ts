import { VIETNAM } from '../../shared/local-time.js';
import { aCampaign, aClip, anObligation, aScript, aVersion } from '../parts/script-facts.fake.js';
import { type EditorHomeFacts, editorHomeView } from './editor-home.view.js';

const directive = { id: 'd', number: '1871/UBND-VHTT', subject: 'Bluezone', urgency: null, issuedOn: '2026-11-20' };
const desk = (change: Partial<EditorHomeFacts> = {}) =>
  editorHomeView({
    today: '2026-11-24',
    zone: VIETNAM,
    directives: [directive],
    obligations: [anObligation()],
    campaigns: [aCampaign()],
    scripts: [],
    clips: [],
    approvals: [],
    placed: new Set(),
    nameOf: (id) => id ?? '',
    ...change,
  });
const script = (id: string, version: Parameters<typeof aVersion>[0], change: Parameters<typeof aScript>[0] = {}) => ({
  script: aScript({ id, ...change }),
  version: aVersion({ id: `v-${id}`, ...version }),
});
const decision = {
  scriptVersionId: 'v-s',
  decision: 'returned' as const,
  comment: 'Ngắn hơn',
  decidedBy: 'Trần Văn Duyệt',
  decidedAt: Date.UTC(2026, 10, 24, 1),
  voidedAt: null,
  voidReason: null,
};

describe("an editor's desk", () => {
  it('what came back says from whom and why', () => {
    const { back } = desk({ scripts: [script('s', { state: 'returned' })], approvals: [decision] });
    expect(back).toMatchObject([{ id: 's', who: 'Trần Văn Duyệt', at: 'Thứ Ba 24/11, 08:00', why: 'Ngắn hơn' }]);
  });

  it('an approval that ended says why', () => {
    const voided = { ...decision, decision: 'approved' as const, voidedAt: 0, voidReason: 'Bản thu đã được dựng lại.' };
    const { back } = desk({ scripts: [script('s', { state: 'voided' })], approvals: [voided] });
    expect(back).toMatchObject([{ who: '', why: 'Bản thu đã được dựng lại.' }]);
  });

  it.each([
    [[], 'Cần tạo bản đọc'],
    [[aClip({ scriptVersionId: 'v-s', state: 'waiting' })], 'Đang tạo bản đọc'],
    [[aClip({ scriptVersionId: 'v-s', state: 'failed' })], 'Chưa tạo được bản đọc'],
    [[aClip({ scriptVersionId: 'v-s' })], 'Nghe lại rồi gửi lãnh đạo duyệt'],
  ])('a draft says what it waits for', (clips, next) => {
    expect(desk({ scripts: [script('s', {})], clips }).drafts).toMatchObject([{ id: 's', next }]);
  });

  it.each([
    ['nothing is written', [], [], 'chưa có bài'],
    ['a draft', [script('s', {})], [], 'đang soạn'],
    ['one waits', [script('s', { state: 'submitted' }), script('t', {})], [], 'chờ duyệt'],
    ['one is approved', [script('s', { state: 'approved' }), script('t', { state: 'returned' })], [], 'chờ xếp lịch'],
    ['it is in the schedule', [script('s', { state: 'approved' })], ['v-s'], 'đã lên lịch'],
  ])('a letter says how far each channel is: %s', (_what, scripts, placed, text) => {
    const [letter] = desk({ scripts, placed: new Set(placed) }).letters;
    expect(letter?.channels).toMatchObject([{ channel: 'Truyền thanh cơ sở', text }]);
  });

  it('an approved text for a website is out by itself', () => {
    const website = script('w', { state: 'approved' }, { channelKind: 'website' });
    expect(desk({ scripts: [website] }).unplaced).toEqual([]);
    const obligations = [anObligation({ channelKind: 'website' })];
    expect(desk({ scripts: [website], obligations }).letters[0]).toMatchObject({
      channels: [{ text: 'đã phát hành' }],
      done: '1',
      allDone: true,
    });
    expect(desk({ scripts: [script('s', { state: 'approved' })] }).unplaced).toHaveLength(1);
  });

  it('letters whose orders are over are gone; the one to report first is on top', () => {
    const letters = ['late', 'soon', 'over'].map((id) => ({ ...directive, id }));
    const obligations = [
      anObligation({ directiveId: 'late', reportDue: '2026-12-31' }),
      anObligation({ directiveId: 'soon', until: null, reportDue: '2026-11-28' }),
      anObligation({ directiveId: 'over', until: '2026-11-23' }),
    ];
    expect(desk({ directives: letters, obligations }).letters.map(({ id, dueSoon }) => [id, dueSoon])).toEqual([
      ['soon', true],
      ['late', false],
    ]);
  });
});
