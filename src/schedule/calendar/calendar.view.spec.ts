import type { Channel } from '../../channels/entities/channel.entity.js';
import { instantOf } from '../../shared/local-time.js';
import type { NamedChannel } from '../../channels/channels-with-rules.js';
import { aChannel } from '../../channels/hours/hours-samples.fake.js';
import type { SlotView } from '../slots/slot-view.js';
import { boardDay } from './board-day.js';
import { BOARD_PAGE, found, partOf } from './board-part.js';
import { board, channelCalendar } from './calendar.view.js';

const zone = 'Asia/Ho_Chi_Minh';
const MINUTE = 60_000;

function named(id: string, change: Parameters<typeof aChannel>[0] = {}): NamedChannel {
  const rules = aChannel({ id, ...change });
  const channel = { id, code: `ma-${id}`, name: `Kênh ${id}`, kind: 'ward-loudspeaker', zone: rules.zone } as Channel;
  const windowNames = new Map(rules.windows.map((window) => [window.id, window.id]));
  return { channel, rules, windowNames, unit: `Đơn vị ${id}` };
}

function slot(id: string, channelId: string, date: string, time: string, minutes: number, change = {}): SlotView {
  const startsAt = instantOf(date, time, zone);
  const endsAt = startsAt + minutes * MINUTE;
  const state = 'planned';
  return { id, channelId, date, startsAt, endsAt, state, title: id, bulletinClass: 'normal', ...change } as SlotView;
}

const now = instantOf('2026-11-24', '08:00', zone);

describe('the calendar of a channel', () => {
  it('shows windows behind slots, on the clock face of the channel, and each day in figures', () => {
    const slots = [
      slot('a', 'c', '2026-11-24', '05:30', 10, { state: 'played' }),
      slot('b', 'c', '2026-11-24', '17:20', 12),
      slot('x', 'c', '2026-11-24', '17:00', 5, { state: 'cancelled' }),
    ];
    const found = channelCalendar(named('c'), slots, '2026-11-24', '2026-11-25', now);
    expect(found.resources).toEqual([
      { id: 'c', title: 'Kênh c', extendedProps: { code: 'ma-c', kind: 'ward-loudspeaker', unit: 'Đơn vị c', zone } },
    ]);
    expect(found.events.map(({ display, start, end, editable }) => [display, start, end, editable])).toEqual([
      ['background', '2026-11-24T05:30:00', '2026-11-24T06:00:00', false],
      ['background', '2026-11-24T17:00:00', '2026-11-24T17:30:00', false],
      ['background', '2026-11-25T05:30:00', '2026-11-25T06:00:00', false],
      ['background', '2026-11-25T17:00:00', '2026-11-25T17:30:00', false],
      ['auto', '2026-11-24T05:30:00', '2026-11-24T05:40:00', false],
      ['auto', '2026-11-24T17:20:00', '2026-11-24T17:32:00', true],
      ['auto', '2026-11-24T17:00:00', '2026-11-24T17:05:00', false],
    ]);
    expect(new Set(found.events.map(({ id }) => id)).size).toBe(7);
    expect(found.events[1]?.title).toBe('c-evening: đã xếp 10 phút, còn trống 20 phút, lố 2 phút');
    expect(found.days).toMatchObject([
      {
        date: '2026-11-24',
        weekday: 'Thứ Ba',
        counts: { planned: 1, played: 1, missed: 0, replaced: 0, cancelled: 1 },
        filledMinutes: 20,
        shortMinutes: 40,
        overMinutes: 2,
        state: 'over',
        silence: null,
      },
      { date: '2026-11-25', filledMinutes: 0, shortMinutes: 60, overMinutes: 0, state: 'short' },
    ]);
  });

  it('says why a day is silent', () => {
    const overrides = ['c-morning', 'c-evening'].map((windowId) => {
      return { windowId, date: '2026-11-25', kind: 'skip' as const };
    });
    const [day] = channelCalendar(named('c', { overrides }), [], '2026-11-25', '2026-11-25', now).days;
    expect(day).toMatchObject({ state: 'silent', silence: 'Nghỉ phát.', windows: [] });
  });
});

describe('the board of a day', () => {
  it('has a row for each channel, and each slot on its row by the clocks of its place', () => {
    const channels = [named('a'), named('b', { zone: 'America/New_York' })];
    const slots = [slot('1', 'a', '2026-11-25', '05:30', 5), slot('2', 'b', '2026-11-25', '17:30', 5)];
    const found = board(partOf(channels), slots, '2026-11-25', now);
    expect(found.resources.map(({ id }) => id)).toEqual(['a', 'b']);
    const shown = found.events.filter(({ display }) => display === 'auto');
    expect(shown.map(({ resourceIds, start }) => [resourceIds[0], start])).toEqual([
      ['a', '2026-11-25T05:30:00'],
      // 17:30 in Hà Tĩnh is 10:30 UTC, 05:30 in New York.
      ['b', '2026-11-25T05:30:00'],
    ]);
    expect(found.channels.map(({ code, filledMinutes, shortMinutes }) => [code, filledMinutes, shortMinutes])).toEqual([
      ['ma-a', 5, 55],
      ['ma-b', 5, 55],
    ]);
  });

  it('in figures tells one page of its channels, and all of them together', () => {
    const channels = Array.from({ length: BOARD_PAGE + 2 }, (_, n) => named(`c${n}`));
    const slots = channels.map(({ channel }) => slot('1', channel.id, '2026-11-25', '05:30', 5));
    const [first, last, beyond] = [1, 2, 9].map((page) => boardDay(channels, slots, '2026-11-25', page));
    expect([first?.channels.length, last?.channels.length, beyond?.page]).toEqual([BOARD_PAGE, 2, 2]);
    for (const day of [first, last]) {
      const { total, pages, figures } = day ?? {};
      expect([total, pages, figures?.plays, figures?.shortMinutes]).toEqual([52, 2, 52, 52 * 55]);
    }
    const whole = board(partOf(channels), slots, '2026-11-25', now);
    expect([...(first?.channels ?? []), ...(last?.channels ?? [])]).toMatchObject(whole.channels);
  });

  it('finds channels by name, code and unit without tone marks', () => {
    const names = ['Truyền thanh phường Bắc Hà', 'Đài xã Đồng Môn'].map((name) => ({
      channel: { name, code: 'x' },
      unit: '',
    }));
    expect(found(names, 'dong mon').map(({ channel }) => channel.name)).toEqual(['Đài xã Đồng Môn']);
    expect(found(names)).toHaveLength(2);
  });
});
