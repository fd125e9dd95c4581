import type { PlanOutcome } from '../../schedule/plans/plan-outcome.js';
import { VIETNAM } from '../../shared/local-time.js';
import { obligationChoices, planView } from './plan.view.js';
import { anObligation } from '../parts/script-facts.fake.js';

const channels = [
  { id: 'a', name: 'Kênh A', code: 'kenh-a', zone: VIETNAM },
  { id: 'b', name: 'Kênh B', code: 'kenh-b', zone: VIETNAM },
];

const placed = (channelId: string, date: string): PlanOutcome['placed'][number] => {
  return {
    key: `${channelId} ${date}`,
    channelId,
    channelCode: '',
    date,
    startsAt: 0,
    endsAt: 1,
    clipId: 'c',
    why: '',
  };
};

const shortfall = (n: number): PlanOutcome['shortfalls'][number] => ({
  channelId: `a${n}`,
  channelCode: 'kenh-a',
  channelName: n === 0 ? null : 'Kênh A',
  date: '2026-11-24',
  demandId: 'd',
  wanted: 2,
  placed: 1,
  code: 'full',
  sentence: { vi: 'Buổi phát đã kín.', en: 'Full.' },
  wouldFree: ['Kéo dài buổi sáng.', 'Bớt một lượt.'],
});

const outcome = (change: Partial<PlanOutcome> = {}): PlanOutcome => {
  const lists = { added: [], removed: [], moved: [], addedTotal: 0, removedTotal: 0, movedTotal: 0 };
  const nothing = {
    placed: [],
    counts: {},
    shortfalls: [],
    kept: 0,
    keptOfOthers: 0,
    others: [],
    cancelledOf: [],
    cancelled: [],
    difference: lists,
  };
  return { dryRun: true, ...nothing, ...change };
};

describe('a plan on the screen', () => {
  it('tells equal lines once, with their hours, over the days that are alike', () => {
    const plays = ['2026-11-24', '2026-11-25', '2026-11-27'].flatMap((date) => [placed('a', date), placed('b', date)]);
    const view = planView(outcome({ placed: [...plays, placed('b', '2026-11-26')], kept: 4 }), channels);
    expect([view.placed, view.kept, view.nothingNew, view.somethingKept]).toEqual(['7', '4', false, true]);
    const both = { channel: '2 kênh', names: 'Kênh A, Kênh B', code: '' };
    expect(view.lines).toEqual([
      { ...both, days: '24/11/2026 – 25/11/2026', hours: '08:00', daily: true },
      { channel: 'Kênh B', names: '', code: 'kenh-b', days: '26/11/2026', hours: '08:00', daily: false },
      { ...both, days: '27/11/2026', hours: '08:00', daily: false },
    ]);
  });

  it('says in the button which plays of which script it cancels, and what plays together', () => {
    const first = { title: 'Bài một', plays: 30 };
    const gone = { id: 'x', channelId: 'a', date: '2026-11-24', reason: 'Nhiệm vụ đã dùng bản thu khác.' };
    const replacing = planView(
      outcome({ placed: [placed('a', '2026-11-25')], cancelled: [gone], cancelledOf: [first] }),
      channels,
    );
    expect(replacing.act).toBe('Xếp 1 lượt và hủy 30 lượt của bài “Bài một”');
    const together = planView(outcome({ placed: [placed('a', '2026-11-25')], others: [first] }), channels);
    expect([together.act, together.others]).toEqual(['Xếp 1 lượt vào lịch', '30 lượt của bài “Bài một”']);
  });

  it('says why what was planned goes, each reason once', () => {
    const gone = { id: 'x', channelId: 'a', date: '2026-11-24', reason: 'Bản thu đã đổi.' };
    const view = planView(outcome({ cancelled: [gone, gone] }), channels);
    expect([view.cancelled, view.cancelReasons, view.nothingNew]).toEqual(['2', ['Bản thu đã đổi.'], false]);
  });

  it('says what is missing and what would help, and does not become a book', () => {
    const view = planView(outcome({ shortfalls: Array.from({ length: 75 }, (_, n) => shortfall(n)) }), channels);
    expect([view.shortfalls.length, view.shortfallTitle, view.moreShortfalls]).toEqual([
      1,
      '75 kênh chưa đủ lượt ngày 24/11',
      '',
    ]);
    expect(view.shortfalls[0]).toEqual({
      channel: '75 kênh',
      names: expect.stringMatching(/^Kênh không còn hoạt động, Kênh A, Kênh A/) as string,
      text: 'Buổi phát đã kín.',
      help: 'Kéo dài buổi sáng. Bớt một lượt.',
    });
    expect(planView(outcome(), channels)).toMatchObject({ nothingNew: true, moreShortfalls: '' });
  });

  it('does not call a plan made when nothing stands, nor another script’s plays its own', () => {
    expect(planView(outcome({ shortfalls: [shortfall(1)] }), channels).nothingAtAll).toBe(true);
    const stands = planView(outcome({ kept: 9, keptOfOthers: 9 }), channels);
    expect(stands).toMatchObject({ nothingNew: true, nothingAtAll: false, keptOfOthers: '9' });
    expect(planView(outcome({ kept: 9 }), channels).keptOfOthers).toBe('');
  });

  it('offers the obligations in the words of the letter', () => {
    expect(obligationChoices([anObligation()], 'o')).toEqual([
      { id: 'o', chosen: true, text: 'Điểm 2: 3–5 lần mỗi ngày, 20/11/2026 – 30/11/2026' },
    ]);
    const silent = anObligation({ minPlaysPerDay: null, maxPlaysPerDay: null, from: null, until: null });
    expect(obligationChoices([silent], '')[0]?.text).toBe(
      'Điểm 2: công văn không nêu số lần, công văn không nêu thời gian',
    );
  });
});
