import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { ObligationFacts, PostFacts } from '../directive/build-report.js';
import { buildProgress, type ProgressFacts, type SlotTally, withFoldedNames } from './build-progress.js';
import { noTally } from './progress-state.js';

const channel = (code: string, kind: ObligationFacts['channelKind'] = 'ward-loudspeaker', unit = code) =>
  withFoldedNames({
    id: `id-${code}`,
    code,
    name: `Kênh ${code}`,
    kind,
    zone: VIETNAM,
    active: true,
    unitId: `u-${unit}`,
    unitCode: unit,
    unitName: `Phường ${unit}`,
    unitNames: [`Phường ${unit}`, `UBND phường ${unit}`],
  });
const obligation = (change: Partial<ObligationFacts> = {}): ObligationFacts => ({
  id: 'o',
  assignment: 2,
  channelKind: 'ward-loudspeaker',
  addressees: ['UBND các phường, xã'],
  minPlaysPerDay: 2,
  from: '2026-11-20',
  until: '2026-11-23',
  reportDue: null,
  ...change,
});
const tally = (code: string, change: Partial<SlotTally>): SlotTally => ({
  ...noTally(),
  playedDue: change.played ?? 0,
  obligationId: 'o',
  channelId: `id-${code}`,
  ...change,
});
const facts = (change: Partial<ProgressFacts> = {}): ProgressFacts => ({
  directive: {
    kind: 'letter',
    id: 'd',
    number: '1/UBND',
    issuedOn: '2026-11-19',
    issuer: 'UBND',
    place: 'Hà Tĩnh',
    subject: null,
  },
  points: new Map([[2, 'Các phường, xã phát thanh.']]),
  campaigns: [{ from: '2026-11-21', until: '2026-11-25' }],
  obligations: [obligation()],
  channels: [channel('A'), channel('B'), channel('Trang', 'fanpage')],
  tallies: [],
  posts: [],
  only: null,
  plans: new Map([['o', { since: instantOf('2026-11-19', '20:00', VIETNAM), clipIds: new Set() }]]),
  opened: instantOf('2026-11-19', '20:00', VIETNAM),
  reduced: new Map(),
  now: instantOf('2026-11-24', '08:00', VIETNAM),
  ...change,
});

describe('the table of a directive', () => {
  it('has a row for each unit that was asked, also where nothing was planned', () => {
    const progress = buildProgress(facts({ tallies: [tally('A', { planned: 8, played: 8, daysMet: 4 })] }));
    expect(progress.rows.map((row) => [row.unitCode, row.state, row.cells[0]?.required])).toEqual([
      ['A', 'met', 8],
      ['B', 'missed', 8],
    ]);
    expect(progress.columns[0]).toMatchObject({ text: 'Các phường, xã phát thanh.', states: { met: 1, missed: 1 } });
    expect(progress.states).toMatchObject({ met: 1, missed: 1 });
  });

  it('asks only the units that are named, by any of their names', () => {
    const progress = buildProgress(facts({ obligations: [obligation({ addressees: ['ubnd Phường b'] })] }));
    expect(progress.rows.map((row) => row.unitCode)).toEqual(['B']);
  });

  it('is cut to the units that the asker may see, with its counts', () => {
    const progress = buildProgress(facts({ only: new Set(['u-B']) }));
    expect(progress.rows.map((row) => row.unitCode)).toEqual(['B']);
    expect(progress.columns[0]?.states.missed).toBe(1);
  });

  it('a unit with two channels fulfils it when both do', () => {
    const channels = [channel('A'), channel('A2', 'ward-loudspeaker', 'A')];
    const tallies = [tally('A', { planned: 8, played: 8, daysMet: 4 }), tally('A2', { planned: 1, played: 1 })];
    const [row] = buildProgress(facts({ channels, tallies })).rows;
    expect(row?.cells[0]).toMatchObject({ state: 'missed', played: 9, required: 16, channels: ['Kênh A', 'Kênh A2'] });
  });

  it('keeps a closed channel that has slots, and leaves out one that has none', () => {
    const channels = [
      { ...channel('A'), active: false },
      { ...channel('B'), active: false },
    ];
    const rows = buildProgress(facts({ channels, tallies: [tally('A', { planned: 1, missed: 1 })] })).rows;
    expect(rows.map((row) => row.unitCode)).toEqual(['A']);
  });

  it('takes the period of the campaigns when the letter names none', () => {
    const open = obligation({ from: null, until: null });
    expect(buildProgress(facts({ obligations: [open] })).rows[0]?.cells[0]).toMatchObject({
      daysRequired: 3,
      required: 6,
      state: 'late',
    });
    const never = buildProgress(facts({ obligations: [open], campaigns: [] })).rows[0]?.cells[0];
    expect(never).toMatchObject({ daysRequired: 0, state: 'pending' });
  });

  it('counts days from the first plan, and owes nothing while nothing is planned', () => {
    const planned = (date: string) =>
      new Map([['o', { since: instantOf(date, '20:30', VIETNAM), clipIds: new Set<string>() }]]);
    const late = buildProgress(facts({ plans: planned('2026-11-22') }));
    expect(late.columns[0]?.firstPlanned).toBe('2026-11-22');
    expect(late.rows[0]?.cells[0]).toMatchObject({ daysRequired: 2, required: 4, short: 4, state: 'missed' });
    const running = { plans: new Map(), now: instantOf('2026-11-22', '08:00', VIETNAM) };
    expect(buildProgress(facts(running)).rows[0]?.cells[0]).toMatchObject({ required: 0, short: 0, state: 'pending' });
  });

  it('judges a unit by what was possible: 6/6, not late', () => {
    const day = (date: string, possible: number, change = {}) => {
      return { date, possible, played: 0, placed: 0, waiting: 0, ...change };
    };
    const reduced = new Map([
      // The first evening had no session left; one session of the third day could hold one play, which was played.
      ['o id-A', [day('2026-11-20', 0), day('2026-11-22', 1, { played: 1, placed: 1 })]],
      ['o id-B', [day('2026-11-20', 0), day('2026-11-22', 1)]],
    ]);
    const played = { planned: 5, played: 5, daysMet: 2 };
    const rows = buildProgress(
      facts({ reduced, tallies: [tally('A', played), tally('B', { ...played, played: 4 })] }),
    ).rows;
    expect(rows.map(({ cells }) => cells[0])).toEqual([
      expect.objectContaining({ state: 'met', required: 5, daysRequired: 3, daysMet: 3, short: 0 }),
      expect.objectContaining({ state: 'missed', required: 5, playedDue: 4, daysMet: 2, short: 1 }),
    ]);
  });

  it('does not pretend to measure leaflets', () => {
    const channels = [channel('A', 'leaflet')];
    const [row] = buildProgress(facts({ channels, obligations: [obligation({ channelKind: 'leaflet' })] })).rows;
    expect([row?.state, row?.cells[0]?.required]).toEqual(['unmeasured', 0]);
  });

  it.each<[string, Partial<PostFacts> | null, string]>([
    ['none', null, 'missed'],
    ['published in time', {}, 'met'],
    ['published a day late', { at: instantOf('2026-11-24', '00:10', VIETNAM) }, 'late'],
    ['unknown', { state: 'unknown' }, 'pending'],
    ['refused', { state: 'refused' }, 'missed'],
    ['cancelled', { state: 'cancelled' }, 'missed'],
    ['on another page', { channelId: 'id-x' }, 'missed'],
  ])('a fanpage that was asked once: %s', (_what, change, state) => {
    const post: PostFacts = {
      channelId: 'id-Trang',
      campaignId: 'c',
      state: 'published',
      permalink: null,
      at: instantOf('2026-11-23', '23:50', VIETNAM),
      ...change,
    };
    const obligations = [obligation({ channelKind: 'fanpage', minPlaysPerDay: null })];
    const [row] = buildProgress(facts({ obligations, posts: change ? [post] : [] })).rows;
    expect(row?.cells[0]?.state).toBe(state);
  });
});
