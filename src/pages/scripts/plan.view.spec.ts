import type { PlanOutcome } from '../../schedule/plans/plan-outcome.js';
import { obligationChoices, planView } from './plan.view.js';
import { anObligation } from '../parts/script-facts.fake.js';

const channels = [
  { id: 'a', name: 'Kênh A', code: 'kenh-a' },
  { id: 'b', name: 'Kênh B', code: 'kenh-b' },
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
  channelId: 'a',
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
    cancelled: [],
    difference: lists,
  };
  return { dryRun: true, ...nothing, ...change };
};

describe('a plan on the screen', () => {
  it('counts by channel, with the first and the last day', () => {
    const view = planView(
      outcome({ placed: [placed('b', '2026-11-26'), placed('b', '2026-11-24'), placed('a', '2026-11-25')], kept: 4 }),
      channels,
    );
    expect([view.placed, view.kept, view.nothingNew, view.somethingKept]).toEqual(['3', '4', false, true]);
    expect(view.channels).toEqual([
      { name: 'Kênh A', code: 'kenh-a', n: '1', days: '25/11/2026' },
      { name: 'Kênh B', code: 'kenh-b', n: '2', days: '24/11/2026 – 26/11/2026' },
    ]);
  });

  it('says why what was planned goes, each reason once', () => {
    const gone = { id: 'x', channelId: 'a', date: '2026-11-24', reason: 'Bản thu đã đổi.' };
    const view = planView(outcome({ cancelled: [gone, gone] }), channels);
    expect([view.cancelled, view.cancelReasons, view.nothingNew]).toEqual(['2', ['Bản thu đã đổi.'], false]);
  });

  it('says what is missing and what would help, and does not become a book', () => {
    const view = planView(outcome({ shortfalls: Array.from({ length: 75 }, (_, n) => shortfall(n)) }), channels);
    expect([view.shortfalls.length, view.shortfallCount, view.moreShortfalls]).toEqual([60, '75', '15']);
    expect(view.shortfalls[0]).toEqual({
      channel: 'Kênh không còn hoạt động',
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
