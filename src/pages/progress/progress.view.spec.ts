import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { CellDetail } from '../../reports/progress/progress-details.service.js';
import type { DirectiveProgress, ProgressCell } from '../../reports/progress/progress.js';
import { countStates, noTally, type ProgressState } from '../../reports/progress/progress-state.js';
import { runInLanguage } from '../language/language.js';
import { amountBars, stateBar } from './bars.view.js';
import { detailView } from './detail.view.js';
import { progressLine, progressView } from './progress.view.js';

const cell = (state: ProgressState, change: Partial<ProgressCell> = {}): ProgressCell => ({
  ...noTally(),
  obligationId: 'o',
  state,
  planned: 8,
  played: 6,
  missed: 2,
  required: 8,
  playedDue: change.played ?? 6,
  short: 0,
  daysRequired: 4,
  daysMet: 3,
  channels: ['Truyền thanh phường'],
  ...change,
});
const row = (unitCode: string, unitName: string, one: ProgressCell | null) => ({
  unitId: unitCode,
  unitCode,
  unitName,
  state: one?.state ?? ('unmeasured' as const),
  cells: [one],
});
const progress: DirectiveProgress = {
  directive: {
    kind: 'letter',
    id: 'd',
    number: '1871/UBND-VHTT',
    issuedOn: '2020-08-05',
    issuer: 'UBND thành phố',
    place: 'Hà Tĩnh',
    subject: 'V/v cài đặt Bluezone',
  },
  generatedAt: instantOf('2026-11-24', '08:00', VIETNAM),
  columns: [
    {
      obligationId: 'o',
      assignment: 2,
      text: 'Các phường, xã phát thanh.',
      channelKind: 'ward-loudspeaker',
      addressees: [],
      minPlaysPerDay: 2,
      from: '2026-11-20',
      until: '2026-11-23',
      firstPlanned: null,
      reportDue: '2026-11-30',
      measured: true,
      states: countStates(['met', 'missed']),
    },
  ],
  rows: [
    row('phuong-bac-ha', 'Phường Bắc Hà', cell('met', { played: 8, missed: 0 })),
    row('xa-dong-mon', 'Xã Đồng Môn', cell('missed')),
  ],
  states: countStates(['met', 'missed']),
};
const view = (search = '', state: ProgressState | null = null) => progressView(progress, { search, state }, VIETNAM);

describe('the table on the screen', () => {
  it('says each state in a word, a sign and figures, never by colour alone', () => {
    const [first] = view().rows;
    expect(first?.cells[0]).toMatchObject({
      asked: true,
      word: 'Đạt',
      sign: '✓',
      tone: 'good',
      amount: '8/8',
      href: '/tien-do/d/o/phuong-bac-ha',
      column: 'Điểm 2: Truyền thanh cơ sở',
    });
    expect(view().legend.map(({ word }) => word)).toEqual(['Đạt', 'Chậm', 'Không đạt', 'Đang chờ', 'Tự báo cáo']);
    expect(view().columns[0]).toMatchObject({ demand: 'ít nhất 2 lần mỗi ngày, 20/11/2026 – 23/11/2026' });
    expect(runInLanguage('en', () => view().rows[1]?.cells[0])).toMatchObject({ word: 'Missed' });
  });

  it('finds a unit without tone marks, and units by their result', () => {
    expect(view('dong mon').rows.map(({ code }) => code)).toEqual(['xa-dong-mon']);
    expect(view('', 'met').rows.map(({ code }) => code)).toEqual(['phuong-bac-ha']);
    expect(view('dong', 'met').rows).toEqual([]);
    expect([view().filtered, view('x').filtered, view('x').nothing]).toEqual([false, true, false]);
  });

  it('leaves a cell empty where nothing was asked', () => {
    const rows = [row('x', 'Xã X', null)];
    const both = { ...progress, rows: [...progress.rows, ...rows] };
    const shown = progressView(both, { search: '', state: null }, VIETNAM);
    expect([shown.rows.at(-1)?.cells, shown.asked.length]).toEqual([[{ asked: false }], 1]);
    // A column without a required unit is not rendered.
    const alone = progressView({ ...progress, rows }, { search: '', state: null }, VIETNAM);
    expect([alone.rows[0]?.cells, alone.asked]).toEqual([[], []]);
  });

  it('holds plain text and flags only', () => {
    const flat = (value: unknown): unknown[] =>
      typeof value === 'object' && value ? Object.values(value).flatMap(flat) : [value];
    expect([...new Set(flat([view(), progressLine(progress)]).map((one) => typeof one))].sort()).toEqual([
      'boolean',
      'string',
    ]);
  });
});

describe('the bars', () => {
  it('fill their width without a gap, and say themselves in words', () => {
    const bar = stateBar('b', 'Điểm 2', countStates(['met', 'met', 'late', 'missed', 'missed', 'missed', 'pending']));
    expect(bar.desc).toBe('7 đơn vị: 2 đạt, 1 chậm, 3 không đạt, 1 đang chờ.');
    let x = 0;
    for (const part of bar.parts) {
      expect(Number(part.x)).toBe(x);
      x += Number(part.width);
    }
    expect(x).toBe(1000);
    expect(stateBar('b', 'x', countStates([]))).toMatchObject({ parts: [], desc: 'Chưa có đơn vị nào.' });
  });

  it('of amounts have a scale of their own and a mark of what was required', () => {
    const [a, b] = amountBars([
      { id: 'a', label: 'A', played: 50, missed: 50, required: 200 },
      { id: 'b', label: 'B', played: 200, missed: 0, required: 100 },
    ]);
    expect(a).toMatchObject({ played: '250', missedX: '250', missed: '250', requiredX: '996' });
    expect(a?.said).toBe('50 đã phát hoặc đăng, 50 không thực hiện, phải có 200');
    expect(b).toMatchObject({ played: '1000', missed: '0', requiredX: '500' });
    expect(amountBars([{ id: 'c', label: 'C', played: 0, missed: 0, required: 0 }])[0]?.requiredX).toBe('');
  });
});

describe('behind a cell', () => {
  const detail: CellDetail = {
    progress,
    column: progress.columns[0]!,
    row: progress.rows[1]!,
    cell: progress.rows[1]!.cells[0]!,
    slotCount: 250,
    posts: [],
    stationNames: new Map([['s', 'Trạm 1']]),
    slots: [
      {
        id: 'slot',
        title: 'Bài',
        channelName: 'Kênh',
        zone: VIETNAM,
        startsAt: instantOf('2026-11-20', '05:30', VIETNAM),
        endsAt: instantOf('2026-11-20', '05:32', VIETNAM),
        state: 'missed',
        proof: {
          slotId: 'slot',
          state: 'missed',
          standing: 'missed',
          awaitsDevice: false,
          sounding: false,
          note: 'Mất điện',
          until: null,
          grade: 'B',
          lateReported: true,
          runs: [
            {
              stationId: 's',
              sequence: 1,
              outcome: 'played',
              grade: 'B',
              startedAt: instantOf('2026-11-20', '05:30', VIETNAM),
              endedAt: instantOf('2026-11-20', '05:32', VIETNAM),
              receivedAt: instantOf('2026-11-22', '05:30', VIETNAM),
              detail: '',
            },
          ],
        },
      },
    ],
  };

  it('stands who said what, and when', () => {
    const [slot] = detailView(detail, undefined, 1).slots;
    expect(slot).toMatchObject({ when: 'Thứ Sáu 20/11, 05:30', until: '05:32', state: 'Không phát được', late: true });
    expect(slot?.runs[0]).toMatchObject({ who: 'Trạm 1', outcome: 'đã phát', received: 'Chủ nhật 22/11, 05:30' });
  });

  it('pages keep the chosen state', () => {
    const { before, after, choices } = detailView(detail, 'missed', 2);
    expect([before, after]).toEqual([
      '/tien-do/d/o/xa-dong-mon?trangthai=missed',
      '/tien-do/d/o/xa-dong-mon?trangthai=missed&trang=3',
    ]);
    expect(choices.filter(({ chosen }) => chosen).map(({ word }) => word)).toEqual(['Không phát được']);
    expect(detailView(detail, undefined, 3).after).toBe('');
  });
});
