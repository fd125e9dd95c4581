import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { SlotProof } from '../../proof/slot-proof.service.js';
import type { SlotState } from '../../schedule/planning/slot.transitions.js';
import type { SlotView } from '../../schedule/slot-view.js';
import { channelChoice, todayView } from './today.view.js';

const DAY = '2026-11-24';
const at = (time: string) => instantOf(DAY, time, VIETNAM);
const channel = { code: 'bac-ha', name: 'Truyền thanh phường Bắc Hà', zone: VIETNAM };

function slot(id: string, time: string, state: SlotState = 'planned', reason: string | null = null): SlotView {
  const place = { channelId: 'c', date: DAY, startsAt: at(time), endsAt: at(time) + 60_000, windowId: 'w' };
  const what = { title: `Bài ${id}`, campaignId: 'k', campaign: 'Đợt', bulletinClass: 'normal' as const };
  const sound = { clipId: 'x', scriptVersionId: 'v', sha256: 'a'.repeat(64), bytes: 1, durationMs: 60_000 };
  return { id, ...place, ...what, ...sound, state, reason, why: '', obligationId: null };
}

function proof(slotId: string, change: Partial<SlotProof> = {}): [string, SlotProof] {
  const nothing = { state: 'planned' as const, note: '', until: null, grade: null, lateReported: false, runs: [] };
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
    expect([view.before.map(({ id }) => id), view.after.map(({ id }) => id)]).toEqual([before, after]);
  });

  it('names what comes next, or what is on air', () => {
    expect(show('05:45', slots).next).toEqual({ title: 'Bài b', playing: false, time: '06:00', length: '1:00' });
    expect(show('06:00', slots).next).toMatchObject({ title: 'Bài b', playing: true });
    expect(show('20:00', slots).next).toBeNull();
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
      return [...view.before, ...view.after].filter((one) => one.mayTick).map(({ id }) => id);
    };
    expect(ticks('05:59')).toEqual([]);
    expect(ticks('06:00')).toEqual(['b']);
    expect(ticks('17:30')).toEqual(['b', 'c']);
    expect(ticks('17:30', [], false)).toEqual([]);
    expect(ticks('17:30', [proof('b', { runs: [run('station', 'failed')] })])).toEqual(['c']);
  });

  it('what he has said stays in sight until it is decided', () => {
    const said = (one: SlotProof['runs'][number]) =>
      show('07:00', slots, [proof('b', { runs: [one] })]).before[1]?.said;
    expect(said(run(null, 'played'))).toBe('Bạn đã ghi: đã phát.');
    expect(said(run(null, 'failed', 'mất điện'))).toBe('Bạn đã ghi: không phát (mất điện).');
    expect(said(run('station', 'failed'))).toBe('');
  });

  it('says by what it is known that a slot was played, and why one was not', () => {
    const done = [
      slot('a', '05:30', 'played'),
      slot('b', '06:00', 'missed', 'Mất điện'),
      slot('c', '06:30', 'cancelled', 'Tin bão'),
    ];
    const view = show('07:00', done, [proof('a', { state: 'played', grade: 'B' })]);
    expect(view.before.map(({ state, note, src }) => [state, note, src !== ''])).toEqual([
      ['Đã phát', 'Căn cứ: nhật ký máy.', true],
      ['Không phát được', 'Mất điện', true],
      ['Đã hủy', 'Tin bão', false],
    ]);
  });

  it('offers the playlist of that day in every form', () => {
    expect(show('05:00', slots).playlists.map(({ href }) => href)).toEqual(
      ['m3u8', 'xspf', 'json'].map((form) => `/api/channels/bac-ha/playlists/2026-11-24.${form}`),
    );
  });

  it('a choice of channels tells of each what comes next', () => {
    expect(channelChoice(channel, slot('b', '06:00'), VIETNAM).next).toBe('Thứ Ba 24/11, 06:00: Bài b');
    expect(channelChoice(channel, undefined, VIETNAM).next).toBe('Hôm nay không còn lượt nào.');
  });
});
