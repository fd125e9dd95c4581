import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { SlotProof } from '../../proof/slot-proofs.service.js';
import type { SlotState } from '../../schedule/slots/slot.transitions.js';
import { aSlotView } from '../../schedule/slots/slot-view.fake.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';
import { channelChoice, fillView, todayView } from './today.view.js';

const DAY = '2026-11-24';
const at = (time: string) => instantOf(DAY, time, VIETNAM);
const channel = { code: 'bac-ha', name: 'Truyền thanh phường Bắc Hà', zone: VIETNAM };

function slot(id: string, time: string, state: SlotState = 'planned', reason: string | null = null): SlotView {
  const place = { channelId: 'c', date: DAY, startsAt: at(time), endsAt: at(time) + 60_000, windowId: 'w' };
  const what = { title: `Bài ${id}`, campaignId: 'k', campaign: 'Đợt', bulletinClass: 'normal' as const };
  const sound = { clipId: 'x', scriptVersionId: 'v', sha256: 'a'.repeat(64), bytes: 1, durationMs: 60_000 };
  return aSlotView({ id, ...place, ...what, ...sound, state, reason, why: '', obligationId: null });
}

function proof(slotId: string, change: Partial<SlotProof> = {}): [string, SlotProof] {
  const standing = change.standing ?? change.state ?? 'planned';
  const nothing = {
    state: 'planned' as const,
    standing,
    note: '',
    awaitsDevice: false,
    sounding: false,
    until: null,
    grade: null,
    lateReported: false,
    runs: [],
  };
  return [slotId, { slotId, ...nothing, ...change }];
}

function run(stationId: string | null, outcome: 'played' | 'failed', detail = ''): SlotProof['runs'][number] {
  const times = { startedAt: 0, endedAt: 0, receivedAt: 0 };
  return { stationId, sequence: null, outcome, grade: stationId ? 'B' : 'C', detail, ...times };
}

function show(now: string, slots: SlotView[], proofs: [string, SlotProof][] = [], mayTick = true) {
  const day = { date: DAY, weekday: 'Thứ Ba', windows: [], slots };
  return todayView({ channel, day, proofs: new Map(proofs), now: at(now), mayTick });
}

const rowsOf = (view: ReturnType<typeof todayView>) => view.sessions.flatMap((session) => session.slots);

describe("an operator's day", () => {
  const slots = [slot('a', '05:30', 'played'), slot('b', '06:00'), slot('c', '17:00')];

  it.each([
    ['05:00', [], ['a', 'b', 'c']],
    ['05:30', [], ['a', 'b', 'c']],
    ['05:31', ['a'], ['b', 'c']],
    ['12:00', ['a', 'b'], ['c']],
    ['20:00', ['a', 'b', 'c'], []],
  ])('at %s the line stands after what has ended', (now, before, after) => {
    const view = show(now, slots);
    const rows = rowsOf(view);
    const line = view.nowAtEnd ? rows.length : rows.findIndex((row) => row.nowAbove);
    const ids = rows.map(({ id }) => id);
    expect([ids.slice(0, line), ids.slice(line)]).toEqual([before, after]);
  });

  it('names what comes next or is due, and says that it sounds only when a device said so', () => {
    expect(show('05:45', slots).next).toMatchObject({ title: 'Bài b', playing: false, time: '06:00', length: '1:00' });
    expect(show('05:45', slots).afterThat).toEqual([{ time: '17:00', title: 'Bài c' }]);
    expect(show('06:00', slots).next).toMatchObject({ title: 'Bài b', playing: false, due: true });
    const sounding = show('06:00', slots, [proof('b', { sounding: true })]);
    expect(sounding.next).toMatchObject({ title: 'Bài b', playing: true });
    const stateOf = (view: ReturnType<typeof todayView>) => rowsOf(view).find(({ id }) => id === 'b')?.state;
    expect([stateOf(show('06:00', slots)), stateOf(sounding)]).toEqual(['Đến giờ phát', 'Đang phát']);
    expect(show('20:00', slots).next).toBeNull();
  });

  it('a session says how full it is, and slots outside of all come last', () => {
    const morning = {
      windowId: 'w',
      name: 'Buổi sáng',
      startsAt: at('05:30'),
      endsAt: at('06:30'),
      start: '05:30',
      end: '06:30',
    };
    const windows = [{ ...morning, filledMinutes: 2, shortMinutes: 58, overMinutes: 0, state: 'short' as const }];
    const day = {
      date: DAY,
      weekday: 'Thứ Ba',
      windows,
      slots: [slots[0], { ...slots[1], windowId: null }] as SlotView[],
    };
    const view = todayView({ channel, day, proofs: new Map(), now: at('05:00'), mayTick: true });
    expect(view.sessions.map(({ name, hours, fill, slots: own }) => [name, hours, fill?.text, own.length])).toEqual([
      ['Buổi sáng', '05:30–06:30', 'Đã xếp 2 phút, còn trống 58 phút', 1],
      ['Ngoài buổi phát', '', undefined, 1],
    ]);
    expect(fillView({ ...windows[0]!, filledMinutes: 63.5, shortMinutes: 0, overMinutes: 3.5, state: 'over' })).toEqual(
      {
        percent: '100',
        text: 'Quá 3,5 phút: đã xếp 63,5 phút',
        tone: 'bad',
      },
    );
  });

  it('another day has no line and no next', () => {
    const view = todayView({
      channel,
      day: { date: '2026-11-25', weekday: 'Thứ Tư', windows: [], slots: [] },
      proofs: new Map(),
      now: at('12:00'),
      mayTick: true,
    });
    expect([view.isToday, view.next, view.heading, view.previousDay, view.nextDay]).toEqual([
      false,
      null,
      'Thứ Tư 25/11/2026',
      '2026-11-24',
      '2026-11-26',
    ]);
  });

  it('he may say what became of a slot that has begun and that no device has told of', () => {
    const ticks = (now: string, proofs: [string, SlotProof][] = [], mayTick = true) => {
      const view = show(now, slots, proofs, mayTick);
      return rowsOf(view)
        .filter((one) => one.mayTick)
        .map(({ id }) => id);
    };
    expect(ticks('05:59')).toEqual([]);
    expect(ticks('06:00')).toEqual(['b']);
    expect(ticks('17:30')).toEqual(['b', 'c']);
    expect(ticks('17:30', [], false)).toEqual([]);
    expect(ticks('17:30', [proof('b', { runs: [run('station', 'failed')] })])).toEqual(['c']);
  });

  it('what waits for his word is over: a play that is on air is not late', () => {
    expect([show('06:00', slots).toTick, show('06:59', slots).toTick, show('17:30', slots).toTick]).toEqual([
      '',
      '1',
      '2',
    ]);
    expect(show('06:59', slots, [proof('b', { runs: [run(null, 'played')] })]).toTick).toBe('');
  });

  it('what he has said stays in sight until it is decided', () => {
    const said = (one: SlotProof['runs'][number]) =>
      rowsOf(show('07:00', slots, [proof('b', { runs: [one] })])).at(1)?.said;
    expect(said(run(null, 'played'))).toBe('Bạn đã ghi: đã phát.');
    expect(said(run(null, 'failed', 'mất điện'))).toBe('Bạn đã ghi: không phát (mất điện).');
    expect(said(run('station', 'failed'))).toBe('');
  });

  it('a device that will tell is known by a field, whatever the sentence says', () => {
    const device = (change: Partial<SlotProof>) => rowsOf(show('07:00', slots, [proof('b', change)])).at(1)?.device;
    expect(device({ note: 'Trạm sắp báo', awaitsDevice: true })).toBe(true);
    expect(device({ note: 'Chờ nhật ký máy', awaitsDevice: false })).toBe(false);
  });

  it('says by what it is known that a slot was played, and why one was not', () => {
    const done = [
      slot('a', '05:30', 'played'),
      slot('b', '06:00', 'missed', 'Mất điện'),
      slot('c', '06:30', 'cancelled', 'Tin bão'),
    ];
    const view = show('07:00', done, [proof('a', { state: 'played', grade: 'B' })]);
    expect(rowsOf(view).map(({ state, note, evidence, src }) => [state, note || evidence, src !== ''])).toEqual([
      ['Đã phát', 'Căn cứ: nhật ký máy.', true],
      ['Không phát được', 'Mất điện', true],
      ['Đã hủy', 'Tin bão', false],
    ]);
  });

  it('offers the playlist of that day in every form', () => {
    const { m3u8, xspf, zip } = show('05:00', slots);
    expect([m3u8, xspf, zip]).toEqual(
      ['m3u8', 'xspf', 'zip'].map((form) => `/api/channels/bac-ha/playlists/2026-11-24.${form}`),
    );
  });

  it('a choice of channels tells of each what comes next', () => {
    expect(channelChoice(channel, slot('b', '06:00'), VIETNAM).next).toBe('Thứ Ba 24/11, 06:00: Bài b');
    expect(channelChoice(channel, undefined, VIETNAM).next).toBe('');
  });
});
