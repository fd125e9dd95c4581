import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { BoardChannel, BoardDay } from '../../schedule/calendar/board-day.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';
import { boardView } from './board.view.js';

const DATE = '2026-11-25';
const at = (time: string) => instantOf(DATE, time, VIETNAM);

function window(start: string, end: string) {
  const minutes = { filledMinutes: 0, shortMinutes: 60, overMinutes: 0 };
  return {
    windowId: start,
    name: 'Buổi',
    start,
    end,
    startsAt: at(start),
    endsAt: at(end),
    ...minutes,
    state: 'short',
  };
}

function channel(code: string, ...hours: [string, string][]) {
  const counts = { planned: 0, played: 0, missed: 0, 'no-word': 0, replaced: 0, cancelled: 0 };
  const windows = hours.map(([start, end]) => window(start, end));
  return {
    channelId: code,
    code,
    name: code,
    zone: VIETNAM,
    counts,
    windows,
    silence: null,
  } as unknown as BoardChannel;
}

function slot(id: string, channelId: string, time: string, change: Partial<SlotView> = {}) {
  const startsAt = at(time);
  const base = { id, channelId, startsAt, endsAt: startsAt + 90_000, state: 'planned', title: id, version: 1 };
  return { ...base, role: 'item', bulletinClass: 'normal', noWord: false, ...change } as SlotView;
}

const figures = { plays: 0, missed: 0, noWord: 0, shortMinutes: 0, overMinutes: 0 };

function view(channels: BoardChannel[], slots: SlotView[], now = at('03:00'), part?: 'sang' | 'chieu') {
  const board: BoardDay = { date: DATE, total: channels.length, page: 1, pages: 1, channels, figures };
  return boardView({ ...board, slots }, { search: '', part }, { today: DATE, now, mayMove: true });
}

const TWO: [string, string][] = [
  ['05:00', '06:00'],
  ['17:00', '18:00'],
];

describe('the board of a day', () => {
  it('has a column for the sessions of the same hours, and one for other hours; empty ones are narrow', () => {
    const { columns, rows } = view(
      [channel('a', ...TWO), channel('b', ['05:00', '06:30'])],
      [slot('x', 'a', '05:10'), slot('y', 'b', '05:00')],
    );
    expect(columns.map(({ hours, narrow }) => [hours, narrow])).toEqual([
      ['05:00–06:00', false],
      ['05:00–06:30', false],
      ['17:00–18:00', true],
    ]);
    expect(rows.map(({ cells }) => cells.map(({ chips }) => chips?.map(({ id }) => id)))).toEqual([
      [['x'], undefined, []],
      [undefined, ['y'], undefined],
    ]);
  });

  it('shows a part of the day', () => {
    expect(view([channel('a', ...TWO)], [], at('03:00'), 'chieu').columns.map(({ hours }) => hours)).toEqual([
      '17:00–18:00',
    ]);
    expect(view([channel('a', ...TWO)], []).parts.map(({ label, chosen }) => [label, chosen])).toEqual([
      ['Cả ngày', true],
      ['Buổi sáng', false],
      ['Buổi chiều', false],
    ]);
  });

  it('draws the line of now between what is over and what comes, and lets only that be dragged', () => {
    const slots = [slot('over', 'a', '05:00'), slot('due', 'a', '05:10'), slot('ahead', 'a', '05:20')];
    const { columns, rows } = view([channel('a', ...TWO)], slots, at('05:10') + 1000);
    expect(columns.map(({ current }) => current)).toEqual([true, false]);
    expect(rows[0]?.cells[0]?.chips?.map(({ nowLine, movable, state }) => [nowLine, movable, state])).toEqual([
      [false, false, ''],
      [true, false, 'Đến giờ phát'],
      [false, true, ''],
    ]);
  });

  it('leaves out what was cancelled, and keeps what plays outside every session in a column of its own', () => {
    const { columns, rows } = view(
      [channel('a', ['05:00', '06:00'])],
      [slot('off', 'a', '05:10', { state: 'cancelled' }), slot('urgent', 'a', '12:00', { bulletinClass: 'emergency' })],
    );
    expect(columns.map(({ hours, narrow }) => [hours, narrow])).toEqual([
      ['05:00–06:00', true],
      ['', false],
    ]);
    expect(rows[0]?.cells[1]).toMatchObject({ add: '', target: false, chips: [{ rank: 'khẩn cấp' }] });
  });

  it('adds a play after the last one of a session that is not over', () => {
    const { rows } = view([channel('a', ...TWO)], [slot('x', 'a', '17:10')], at('07:00'));
    expect(rows[0]?.cells.map(({ add }) => add)).toEqual(['', '/lich/luot/moi?kenh=a&ngay=2026-11-25&gio=17%3A12']);
  });
});
