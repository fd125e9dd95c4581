import { instantOf, VIETNAM } from '../../shared/local-time.js';
import {
  type Counts,
  type DirectiveReport,
  noCounts,
  type UnitLine,
} from '../../reports/directive/directive-report.js';
import { fulfilmentView, reportView, totalSentence } from './report.view.js';

const counts = (change: Partial<Counts> = {}): Counts => ({ ...noCounts(), ...change });

const unit: UnitLine = {
  unitCode: 'phuong-bac-ha',
  unitName: 'Phường Bắc Hà',
  channelCode: 'truyen-thanh-phuong-bac-ha',
  channelName: 'Truyền thanh phường Bắc Hà',
  counts: counts({
    planned: 10,
    aired: 6,
    missed: 2,
    waiting: 2,
    cancelled: 1,
    offPlan: 3,
    grades: { A: 0, B: 5, C: 1, D: 0 },
  }),
  fulfilment: { minimumPerDay: 2, firstDay: '2026-11-20', daysRequired: 4, daysMet: 3, daysInPeriod: 5 },
  days: [],
};

const report: DirectiveReport = {
  directive: { id: 'd', number: '1/UBND', issuedOn: '2026-11-20', issuer: 'UBND thành phố', subject: null },
  generatedAt: instantOf('2026-11-24', '08:00', VIETNAM),
  campaigns: [],
  counts: unit.counts,
  obligations: [
    {
      obligationId: 'o',
      assignment: 2,
      channelKind: 'ward-loudspeaker',
      addressees: ['Ủy ban nhân dân các phường', 'xã'],
      from: '2026-11-20',
      until: '2026-11-24',
      reportDue: '2026-11-30',
      measured: true,
      counts: unit.counts,
      units: [unit],
    },
    {
      obligationId: null,
      assignment: null,
      channelKind: 'fanpage',
      addressees: [],
      from: null,
      until: null,
      reportDue: null,
      measured: true,
      counts: counts({ planned: 2 }),
      units: [{ ...unit, posts: { byState: { published: 1, unknown: 1 }, links: ['https://www.facebook.com/1'] } }],
    },
  ],
};

describe('a report on the screen', () => {
  const view = reportView(report, VIETNAM);

  it('names each obligation and what stands outside of them', () => {
    expect(view.obligations.map(({ heading }) => heading)).toEqual([
      'Điểm 2: Truyền thanh cơ sở',
      'Ngoài nhiệm vụ: Trang Fanpage',
    ]);
  });

  it('shows figures, their evidence and what does not fit the columns', () => {
    const [line] = view.obligations[0]?.units ?? [];
    expect(line).toMatchObject({
      planned: '10',
      aired: '6',
      missed: '2',
      waiting: '2',
      grades: 'B 5 · C 1',
      remarks: '1 đã hủy, 3 phát ngoài lịch',
      minimum: '2 lần mỗi ngày',
      met: '3/4 ngày',
      metTone: 'warn',
    });
    expect(view.obligations[1]?.units[0]?.posts).toBe('1 đã đăng, 1 chưa rõ đã đăng hay chưa');
  });

  it('holds plain text and flags only', () => {
    const flat = (value: unknown): unknown[] =>
      typeof value === 'object' && value ? Object.values(value).flatMap(flat) : [value];
    expect([...new Set(flat(view).map((one) => typeof one))].sort()).toEqual(['boolean', 'string']);
  });
});

describe('a sentence about the whole', () => {
  it('counts the share among what is decided, not among what is still to come', () => {
    expect(totalSentence(unit.counts)).toBe(
      'Đã xếp 10 lượt: 6 đã phát, 2 không phát được, 2 chưa có kết quả. Trong số đã có kết quả, 75 % đã phát.',
    );
    expect(totalSentence(counts({ planned: 3, waiting: 3 }))).not.toContain('%');
    expect(totalSentence(counts())).toContain('Chưa có lượt phát');
  });

  it.each([
    [468, 2, '99 %'],
    [1, 999, '1 %'],
    [470, 0, '100 %'],
    [0, 3, '0 %'],
  ])('%i played and %i missed are never rounded to all or to nothing', (aired, missed, share) => {
    expect(totalSentence(counts({ planned: aired + missed, aired, missed }))).toContain(` ${share} đã phát.`);
  });

  it.each([
    [5, 5, 5, 'good', '5/5 ngày'],
    [5, 0, 5, 'bad', '0/5 ngày'],
    [0, 0, 5, '', 'chưa đến ngày'],
    [0, 0, 0, '', ''],
  ])('%i days over, %i met, of %i', (daysRequired, daysMet, daysInPeriod, metTone, met) => {
    expect(fulfilmentView({ minimumPerDay: null, firstDay: null, daysRequired, daysMet, daysInPeriod })).toEqual({
      minimum: 'không nêu',
      met,
      metTone,
    });
  });
});
