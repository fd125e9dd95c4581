import { VIETNAM } from '../../shared/local-time.js';
import type { Actor } from '../../people/access/actor.js';
import type { Role } from '../../people/access/role.js';
import type { Approval } from '../../approvals/approval.entity.js';
import type { VersionState } from '../../scripts/script-version.transitions.js';
import { aCampaign, aClip, anObligation, aScript, aVersion } from '../parts/script-facts.fake.js';
import type { ScriptFacts } from './script.read-model.js';
import { clipFigures, clipSource } from '../parts/clip.view.js';
import { planProposal } from './plan.view.js';
import { scriptRights } from './script-rights.js';
import { scriptSteps } from './script-steps.js';
import { scriptView } from './script.view.js';

const actor = (role: Role): Actor => ({ accountId: 'a', name: 'Thử', grants: [{ role, unitId: null }] });

const someFacts = (change: Partial<ScriptFacts> = {}): ScriptFacts => ({
  script: aScript(),
  versions: [aVersion()],
  campaign: aCampaign(),
  unit: null,
  obligations: [],
  approvals: [],
  channelNames: new Map(),
  clips: [],
  reading: { spoken: 'Bà con chú ý.', spans: [], warnings: [] },
  readingDecisions: [],
  rate: 160,
  siblings: [],
  slots: { counts: {}, channels: 0 },
  posts: [],
  nameOf: (id) => id ?? 'Hệ thống',
  ...change,
});

/** The names of the rights that are true. */
function rights(facts: Partial<ScriptFacts>, role: Role = 'editor', edit = false): string[] {
  return Object.entries(scriptRights(someFacts(facts), actor(role), { edit }))
    .filter(([, yes]) => yes)
    .map(([name]) => name);
}

const inState = (state: VersionState) => ({ versions: [aVersion({ state })] as [ReturnType<typeof aVersion>] });
const ready = [{ clip: aClip(), job: null }];
const waiting = [{ clip: aClip({ state: 'waiting', sha256: null }), job: null }];
const failed = [{ clip: aClip({ state: 'failed', sha256: null }), job: null }];

describe('what an editor may do next', () => {
  it.each<[string, Partial<ScriptFacts>, string[]]>([
    ['a draft without sound', {}, ['editing', 'mayRender', 'mayShape', 'submitNeedsClip', 'mayCorrect']],
    [
      'a draft whose clip is made',
      { clips: waiting },
      ['mayOpenEditor', 'mayCancelRender', 'submitNeedsClip', 'mayCorrect', 'refresh'],
    ],
    ['a draft that can be heard', { clips: ready }, ['editing', 'mayShape', 'maySubmit', 'mayCorrect']],
    [
      'a draft that a person has read',
      { clips: [{ clip: aClip({ engine: 'upload' }), job: null }] },
      ['editing', 'mayRender', 'mayShape', 'mayReplaceVoice', 'maySubmit', 'mayCorrect'],
    ],
    [
      'a draft whose clip failed',
      { clips: failed },
      ['editing', 'mayRender', 'mayShape', 'submitNeedsClip', 'mayCorrect'],
    ],
    [
      'a draft whose reading has changed since',
      { clips: [{ clip: aClip({ spoken: 'khác' }), job: null }] },
      ['editing', 'mayRender', 'mayShape', 'maySubmit', 'mayCorrect'],
    ],
    ['one that waits for a decision', { ...inState('submitted'), clips: ready }, ['mayOpenEditor']],
    ['one that was approved', { ...inState('approved'), clips: ready }, ['mayOpenEditor', 'mayPlan']],
    ['one that was returned', { ...inState('returned'), clips: ready }, ['editing']],
    [
      'a post, which nobody hears',
      { script: aScript({ channelKind: 'fanpage' }), reading: null },
      ['editing', 'maySubmit'],
    ],
    [
      'an approved post',
      { script: aScript({ channelKind: 'fanpage' }), reading: null, ...inState('approved') },
      ['mayOpenEditor', 'mayPost'],
    ],
  ])('with %s', (_what, facts, may) => {
    expect(rights(facts)).toEqual(may);
  });

  it('a page that is written on does not load itself again', () => {
    expect(rights({ clips: waiting }, 'editor', true)).toEqual([
      'editing',
      'mayCancelRender',
      'submitNeedsClip',
      'mayCorrect',
    ]);
  });

  it('others look; an approver is led to what waits for him', () => {
    expect(rights({ clips: ready }, 'official')).toEqual([]);
    expect(rights({ ...inState('approved'), clips: ready }, 'official')).toEqual([]);
    expect(rights({ ...inState('submitted'), clips: ready }, 'approver')).toEqual(['mayDecide']);
    expect(rights({ clips: waiting }, 'official')).toEqual(['refresh']);
  });
});

describe('a script on the screen', () => {
  const approval: Approval = {
    id: 'd1',
    scriptVersionId: 'v2',
    contentHash: 'h',
    seenHash: null,
    scope: null,
    decision: 'approved',
    comment: null,
    decidedBy: 'leader',
    decidedAt: Date.UTC(2026, 10, 24, 1),
    voidedAt: null,
    voidReason: null,
    voidedBy: null,
    heard: null,
    heardAt: null,
    stoppedAt: null,
    stoppedBy: null,
    stopReason: null,
  };
  const facts = someFacts({
    versions: [aVersion({ id: 'v2', n: 2, title: 'Bài sửa' }), aVersion({ state: 'superseded' })],
    approvals: [approval, { ...approval, id: 'd0', scriptVersionId: 'v1', decision: 'returned', comment: 'Ngắn hơn' }],
  });

  it('a decision stands beside the version that it was made on', () => {
    const view = scriptView(facts, VIETNAM, { edit: false });
    const plain = { comment: '', heard: '', scope: [], voided: '', voidedBy: '', voidedAt: '', stopped: null };
    expect(view.decisions).toEqual([
      { ...plain, who: 'leader', what: 'đã duyệt', tone: 'good', at: 'Thứ Ba 24/11, 08:00' },
    ]);
    expect(view.history.map((one) => [one.n, one.decisions.map(({ what, comment }) => `${what}: ${comment}`)])).toEqual(
      [['1', ['đã trả lại: Ngắn hơn']]],
    );
  });

  it('an approval that was taken back says why', () => {
    const gone = { ...approval, voidedAt: 1, voidReason: 'Số liệu đã đổi' };
    const [decision] = scriptView({ ...facts, approvals: [gone] }, VIETNAM, { edit: false }).decisions;
    expect(decision).toMatchObject({ tone: 'warn', voided: 'Số liệu đã đổi', voidedBy: '' });
  });

  it('a decision says whether its sound was heard, who withdrew it, and who stopped it', () => {
    const at = approval.decidedAt;
    const [heard, said, unheard] = (['player', 'statement', 'unheard'] as const).map((how) => {
      const one = { ...approval, heard: how, heardAt: how === 'unheard' ? null : at };
      return scriptView({ ...facts, approvals: [one] }, VIETNAM, { edit: false }).decisions[0]?.heard;
    });
    expect([heard, said, unheard]).toEqual([
      'đã nghe hết lúc Thứ Ba 24/11, 08:00',
      'tự xác nhận đã nghe hết lúc Thứ Ba 24/11, 08:00',
      'chưa nghe hết bản thu',
    ]);
    const gone = { ...approval, voidedAt: at, voidedBy: 'editor', voidReason: 'Sai số liệu' };
    const stopped = { ...approval, stoppedAt: at, stoppedBy: 'editor', stopReason: 'Chờ xác minh' };
    const view = (one: Approval) => scriptView({ ...facts, approvals: [one] }, VIETNAM, { edit: false }).decisions[0];
    expect(view(gone)).toMatchObject({ voided: 'Sai số liệu', voidedBy: 'editor', voidedAt: 'Thứ Ba 24/11, 08:00' });
    const stop = { who: 'editor', at: 'Thứ Ba 24/11, 08:00', reason: 'Chờ xác minh' };
    expect(view(stopped)).toMatchObject({ tone: 'warn', stopped: stop, voided: '' });
  });

  it('what was typed stays in the form; a newer text is shown beside it', () => {
    const typed = { title: 'Của tôi', text: 'Lời của tôi', seen: 1 };
    const view = scriptView(facts, VIETNAM, { edit: true, typed });
    expect([view.editTitle, view.editText, view.newerText]).toEqual(['Của tôi', 'Lời của tôi', 'Bà con chú ý.']);
    expect(scriptView(facts, VIETNAM, { edit: true, typed: { ...typed, seen: 2 } }).newerText).toBe('');
  });

  it('says where its plays stand', () => {
    const slots = { counts: { planned: 80, played: 9, missed: 1 }, channels: 15 };
    expect(scriptView({ ...facts, slots }, VIETNAM, { edit: false }).slots).toBe(
      '90 lượt trên 15 kênh: 80 đã xếp lịch, 9 đã phát, 1 không phát được.',
    );
    expect(scriptView(facts, VIETNAM, { edit: false }).slots).toBe('');
  });

  it('a clip has a source once it is finished', () => {
    expect(clipSource(aClip())).toBe(`/api/clips/${'a'.repeat(64)}.mp3`);
    expect(clipSource(aClip({ state: 'waiting' }))).toBe('');
    expect(clipFigures(aClip())).toBe('1 phút 23 giây · độ to đúng chuẩn');
    expect(clipFigures(aClip({ profile: 'fm' }))).toBe('1 phút 23 giây · to hơn chuẩn 2 dB');
    expect(clipFigures(aClip({ integratedLufs: -19.5 }))).toBe('1 phút 23 giây · nhỏ hơn chuẩn 3,5 dB');
    expect(clipFigures(aClip({ durationMs: null, integratedLufs: null }))).toBe('');
  });
});

describe('the way of a script', () => {
  it('a step leads to its part of the page; what is stopped was approved', () => {
    expect(scriptSteps(someFacts({})).map(({ href }) => href)).toEqual(['#bai-viet-muc', '#ban-thu-muc', '', '', '']);
    const stopped = scriptSteps(someFacts({ ...inState('stopped'), clips: ready }));
    expect(stopped.filter(({ done }) => done)).toHaveLength(4);
  });

  const nowIn = (facts: Partial<ScriptFacts>) => scriptSteps(someFacts(facts)).find(({ now }) => now)?.label ?? '';

  it.each<[string, Partial<ScriptFacts>, string]>([
    ['a draft', {}, 'Tạo bản đọc, nghe'],
    ['a draft that can be heard', { clips: ready }, 'Gửi lãnh đạo duyệt'],
    ['one that waits', { ...inState('submitted'), clips: ready }, 'Được duyệt'],
    ['one that was approved', { ...inState('approved'), clips: ready }, 'Xếp lịch'],
    ['one that was returned', { ...inState('returned'), clips: ready }, 'Gửi lãnh đạo duyệt'],
    ['a post', { script: aScript({ channelKind: 'fanpage' }), reading: null }, 'Gửi lãnh đạo duyệt'],
    ['a leaflet', { script: aScript({ channelKind: 'leaflet' }), ...inState('approved'), reading: null }, ''],
    ['one on the air', { ...inState('approved'), clips: ready, slots: { counts: { planned: 1 }, channels: 1 } }, ''],
  ])('%s', (_what, facts, label) => expect(nowIn(facts)).toBe(label));
});

describe('what is proposed for the plan', () => {
  it('is what the letter asks, from today on', () => {
    const proposal = planProposal(someFacts({ obligations: [anObligation()] }), '2026-11-24');
    expect(proposal).toEqual({ from: '2026-11-24', until: '2026-11-30', plays: '3', obligationId: 'o' });
  });

  it.each([
    [null, null, '2'],
    [null, 1, '1'],
    [0, 5, '1'],
  ])('at least %s, at most %s: %s', (minPlaysPerDay, maxPlaysPerDay, plays) => {
    const obligations = [anObligation({ minPlaysPerDay, maxPlaysPerDay })];
    expect(planProposal(someFacts({ obligations }), '2026-11-01')).toMatchObject({
      from: '2026-11-20',
      plays,
    });
  });

  it('without an obligation it is twice a day, for none', () => {
    expect(planProposal(someFacts({ obligations: [] }), '2026-11-24')).toMatchObject({
      plays: '2',
      obligationId: '',
    });
  });
});
