import fc from 'fast-check';
import { instantOf, VIETNAM } from '../shared/local-time.js';
import {
  type Case,
  type Evidence,
  GRACE_AFTER_FAILURE_MS,
  GRACE_OF_SILENCE_MS,
  type StationFacts,
  verdict,
} from './verdict.js';

const startsAt = instantOf('2026-11-24', '05:30', VIETNAM);
const endsAt = startsAt + 30_000;
const A: StationFacts = { id: 'a', name: 'Trạm A', lastSeenAt: endsAt + 60_000 };
const B: StationFacts = { id: 'b', name: 'Trạm B', lastSeenAt: null };
const log = (stationId: string, outcome: Evidence['outcome'], detail: string | null = null): Evidence => ({
  stationId,
  outcome,
  grade: 'B',
  detail,
});
const tick = (outcome: 'played' | 'failed', detail: string | null = null): Evidence => ({
  stationId: null,
  outcome,
  grade: 'C',
  detail,
});
const slot = (evidence: Evidence[], stations: StationFacts[] = [A]): Case => ({
  startsAt,
  endsAt,
  zone: VIETNAM,
  evidence,
  stations,
});
const soon = endsAt + 60_000;
const afterFailure = endsAt + GRACE_AFTER_FAILURE_MS;
const nextDay = endsAt + GRACE_OF_SILENCE_MS;

describe('what became of a slot', () => {
  it('is decided at once by a device that played it', () => {
    expect(verdict(slot([log('a', 'played')]), soon)).toEqual({ state: 'played', reason: 'Nhật ký máy' });
    expect(verdict(slot([log('a', 'partial'), log('a', 'played')]), soon).state).toBe('played');
    expect(verdict(slot([log('a', 'failed'), log('b', 'played')], [A, B]), soon).state).toBe('played');
  });

  it('waits half an hour when every device failed, then is missed with what the device said', () => {
    const failed = slot([log('a', 'failed', 'thiếu clip')]);
    expect(verdict(failed, afterFailure - 1)).toMatchObject({ state: 'waiting', until: afterFailure });
    expect(verdict(failed, afterFailure)).toEqual({ state: 'missed', reason: 'Trạm không phát được: thiếu clip' });
    expect(verdict(slot([log('a', 'partial', 'Máy phát bị ngắt giữa chừng')]), afterFailure)).toEqual({
      state: 'missed',
      reason: 'Phát dở dang: Máy phát bị ngắt giữa chừng',
    });
  });

  it('waits a day for the devices that have said nothing', () => {
    const half = slot([log('a', 'failed', 'mất điện')], [A, B]);
    expect(verdict(half, nextDay - 1)).toMatchObject({ state: 'waiting', until: nextDay });
    expect(verdict(half, nextDay)).toEqual({ state: 'missed', reason: 'Trạm không phát được: mất điện' });
  });

  it.each([
    ['Trạm không báo đã phát', [A]],
    ['Trạm chưa liên lạc lần nào', [B]],
    ['Trạm mất liên lạc từ Thứ Hai 23/11, 21:05', [{ ...A, lastSeenAt: instantOf('2026-11-23', '21:05', VIETNAM) }]],
    ['Kênh chưa có trạm và trực đài chưa xác nhận', []],
  ])('says why nobody reported: %s', (reason, stations) => {
    expect(verdict(slot([], stations), nextDay - 1).state).toBe('waiting');
    expect(verdict(slot([], stations), nextDay)).toEqual({ state: 'missed', reason });
  });

  it('takes the operator at his last word, at once where there is no device', () => {
    expect(verdict(slot([tick('played')], []), soon)).toEqual({ state: 'played', reason: 'Trực đài xác nhận' });
    expect(verdict(slot([tick('played'), tick('failed', 'mất điện')], []), soon)).toEqual({
      state: 'missed',
      reason: 'Trực đài báo không phát: mất điện',
    });
  });

  it('lets a device outweigh the operator, whichever came first', () => {
    expect(verdict(slot([tick('failed', 'im tiếng'), log('a', 'played')]), soon).state).toBe('played');
    expect(verdict(slot([log('a', 'failed', 'mất điện'), tick('played')]), afterFailure).state).toBe('missed');
    const silentDevice = slot([tick('played')]);
    expect(verdict(silentDevice, soon)).toMatchObject({ note: 'Trực đài báo đã phát; chờ nhật ký máy' });
    expect(verdict(silentDevice, nextDay).state).toBe('played');
  });

  const evidence = fc.array(
    fc.oneof(
      fc.record({ who: fc.constantFrom('a', 'b'), outcome: fc.constantFrom('played', 'partial', 'failed') }),
      fc.record({ who: fc.constant(null), outcome: fc.constantFrom('played', 'failed') }),
    ),
    { maxLength: 5 },
  );
  const anyCase = fc.tuple(evidence, fc.constantFrom<StationFacts[]>([], [A], [B], [A, B])).map(([events, stations]) =>
    slot(
      events.map(({ who, outcome }) => (who ? log(who, outcome as 'played') : tick(outcome as 'played'))),
      stations,
    ),
  );

  it('always comes to an end a day after the slot', () => {
    fc.assert(fc.property(anyCase, (one) => verdict(one, nextDay).state !== 'waiting'));
  });

  it('never changes with time alone once it is there, and waiting says until when', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 0, max: GRACE_OF_SILENCE_MS }), (one, after) => {
        const early = verdict(one, endsAt + after);
        if (early.state === 'waiting') return verdict(one, early.until).state !== 'waiting';
        return verdict(one, nextDay).state === early.state;
      }),
    );
  });
});
