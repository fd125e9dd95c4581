import fc from 'fast-check';
import { instantOf, VIETNAM } from '../../shared/local-time.js';
import { buildReport, type ChannelFacts, type ReportFacts, type SlotGroup } from './build-report.js';
import { type Counts, noCounts, sum } from './directive-report.js';

const channel = (code: string, kind: ChannelFacts['kind'] = 'ward-loudspeaker'): ChannelFacts => ({
  id: `id-${code}`,
  code,
  name: `Truyền thanh ${code}`,
  kind,
  zone: VIETNAM,
  active: true,
  unitCode: code,
  unitName: `Phường ${code}`,
  unitNames: [`Phường ${code}`, `UBND phường ${code}`],
});
const obligation = (change: object = {}): ReportFacts['obligations'][number] => ({
  id: 'o',
  assignment: 2,
  channelKind: 'ward-loudspeaker',
  addressees: ['UBND các phường, xã'],
  minPlaysPerDay: 2,
  from: '2026-11-20',
  until: '2026-11-30',
  reportDue: null,
  ...change,
});
const day = (date: string, counts: Partial<Counts>, change: Partial<SlotGroup> = {}): SlotGroup => ({
  obligationId: 'o',
  campaignId: 'c',
  channelId: 'id-A',
  date,
  counts: { ...noCounts(), ...counts },
  ...change,
});
const facts = (change: Partial<ReportFacts>): ReportFacts => ({
  directive: { id: 'd', number: '1871/UBND-VHTT', issuedOn: '2026-11-19', issuer: 'UBND', subject: null },
  campaigns: [{ id: 'c', name: 'Đợt 1', from: '2026-11-21', until: '2026-11-25' }],
  obligations: [obligation()],
  channels: [channel('A'), channel('B'), channel('Fanpage', 'fanpage')],
  slots: [],
  byDay: true,
  posts: [],
  plans: new Map([['o', { since: instantOf('2026-11-01', '08:00', VIETNAM), clipIds: new Set() }]]),
  opened: instantOf('2026-11-01', '08:00', VIETNAM),
  owed: new Map(),
  now: instantOf('2026-11-24', '08:00', VIETNAM),
  ...change,
});
const unitsOf = (change: Partial<ReportFacts>) => buildReport(facts(change)).obligations[0]?.units ?? [];

describe('the report of a directive', () => {
  it('names every ward that was asked, also one where nothing was planned', () => {
    const units = unitsOf({ slots: [day('2026-11-22', { planned: 2, aired: 2 })] });
    expect(units.map((unit) => [unit.channelCode, unit.counts.planned])).toEqual([
      ['A', 2],
      ['B', 0],
    ]);
  });

  it('names them in the order of the Vietnamese alphabet', () => {
    const channels = ['Văn Yên', 'Đại Nài', 'Bắc Hà'].map((name) => channel(name));
    expect(unitsOf({ channels }).map((unit) => unit.unitName)).toEqual([
      'Phường Bắc Hà',
      'Phường Đại Nài',
      'Phường Văn Yên',
    ]);
  });

  it('names only the wards that the letter names, when it names some', () => {
    const addressees = ['Ubnd Phường b'];
    expect(unitsOf({ obligations: [obligation({ addressees })] }).map((unit) => unit.unitCode)).toEqual(['B']);
  });

  it('keeps a channel that was closed since, if it had slots', () => {
    const channels = [
      { ...channel('A'), active: false },
      { ...channel('B'), active: false },
    ];
    const slots = [day('2026-11-22', { planned: 1, missed: 1 })];
    expect(unitsOf({ channels, slots }).map((unit) => unit.channelCode)).toEqual(['A']);
  });

  it('counts the days that are over and those with the minimum', () => {
    const slots = [
      day('2026-11-20', { planned: 2, aired: 2 }),
      day('2026-11-21', { planned: 2, aired: 1, missed: 1 }),
      day('2026-11-22', { planned: 1, aired: 1 }),
      day('2026-11-22', { planned: 1, aired: 1 }, { campaignId: 'c2' }),
      day('2026-11-24', { planned: 2, aired: 2 }), // today is not over
    ];
    const [unit] = unitsOf({ slots });
    expect(unit?.fulfilment).toEqual({
      minimumPerDay: 2,
      daysRequired: 4,
      daysMet: 2,
      firstDay: '2026-11-20',
      daysInPeriod: 11,
    });
    expect(unit?.days).toHaveLength(5);
  });

  it('asks of a day only what was possible on it', () => {
    const slots = [day('2026-11-20', { planned: 1, aired: 1 }), day('2026-11-22', { planned: 2, aired: 2 })];
    const owed = new Map([
      [
        'o id-A',
        new Map([
          ['2026-11-20', 1],
          ['2026-11-21', 0],
        ]),
      ],
    ]);
    const [unit] = unitsOf({ slots, owed });
    expect(unit?.fulfilment).toMatchObject({ daysRequired: 3, daysMet: 2 });
  });

  it('without a minimum a day counts with one play, without dates the campaign gives the period', () => {
    const obligations = [obligation({ minPlaysPerDay: null, from: null, until: null })];
    const slots = [day('2026-11-21', { planned: 1, aired: 1 }), day('2026-11-22', { planned: 1, missed: 1 })];
    const [unit] = unitsOf({ obligations, slots });
    expect(unit?.fulfilment).toEqual({
      minimumPerDay: null,
      daysRequired: 3,
      daysMet: 1,
      firstDay: '2026-11-21',
      daysInPeriod: 5,
    });
  });

  it('does not pretend to measure leaflets and websites', () => {
    const [line] = buildReport(facts({ obligations: [obligation({ channelKind: 'leaflet' })] })).obligations;
    expect(line).toMatchObject({ measured: false, units: [] });
  });

  it('counts posts by state; what is unknown waits', () => {
    const post = (state: string, permalink: string | null = null) => ({
      channelId: 'id-Fanpage',
      campaignId: 'c',
      state,
      permalink,
      at: instantOf('2026-11-22', '09:00', VIETNAM),
    });
    const posts = [
      post('published', 'https://www.facebook.com/1/posts/2'),
      post('refused'),
      post('unknown'),
      post('scheduled'),
      post('cancelled'),
    ];
    const report = buildReport(facts({ obligations: [obligation({ channelKind: 'fanpage' })], posts }));
    const unit = report.obligations[0]?.units[0];
    expect(unit?.counts).toMatchObject({ planned: 4, aired: 1, missed: 1, waiting: 2, cancelled: 1 });
    expect(unit?.posts).toEqual({
      byState: { published: 1, refused: 1, unknown: 1, scheduled: 1, cancelled: 1 },
      links: ['https://www.facebook.com/1/posts/2'],
    });
  });

  it('does not lose slots and posts that belong to no obligation', () => {
    const report = buildReport(facts({ slots: [day('2026-11-22', { planned: 3, aired: 3 }, { obligationId: null })] }));
    expect(report.obligations.map((line) => [line.obligationId, line.counts.aired])).toEqual([
      ['o', 0],
      [null, 3],
    ]);
    expect(report.counts.aired).toBe(3);
  });

  it('adds up: the totals are the sum of the rows, whatever the rows', () => {
    const number = fc.nat({ max: 9 });
    const counts = fc
      .record({ aired: number, missed: number, waiting: number, cancelled: number, B: number })
      .map(({ B, ...c }) => ({
        ...noCounts(),
        ...c,
        planned: c.aired + c.missed + c.waiting,
        grades: { A: 0, B, C: 0, D: 0 },
      }));
    const group = fc
      .record({
        obligationId: fc.constantFrom('o', null, 'gone'),
        campaignId: fc.constantFrom('c', 'c2'),
        channelId: fc.constantFrom('id-A', 'id-B', 'id-Fanpage'),
        date: fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-24', '2026-12-24'),
        counts,
      })
      .map((one): SlotGroup => one);
    fc.assert(
      fc.property(fc.array(group, { maxLength: 30 }), (slots) => {
        const report = buildReport(facts({ slots }));
        expect(report.counts).toEqual(sum(slots.map((one) => one.counts)));
        // Slots that did not play may come without a day: no figure of a unit depends on it.
        const undated = slots.map((one) => (one.counts.aired === 0 ? { ...one, date: '' } : one));
        const byUnit = buildReport(facts({ slots: undated, byDay: false }));
        const figures = ({ obligations }: typeof report) =>
          obligations.map(({ units }) => units.map(({ counts, fulfilment }) => [counts, fulfilment]));
        expect(figures(byUnit)).toEqual(figures(report));
        for (const { units } of report.obligations) {
          for (const { fulfilment } of units) expect(fulfilment.daysMet).toBeLessThanOrEqual(fulfilment.daysRequired);
        }
      }),
    );
  });
});
