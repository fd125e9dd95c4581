import fc from 'fast-check';
import { instantOf, VIETNAM } from '../shared/local-time.js';
import { GRACE_AFTER_FAILURE_MS, GRACE_OF_SILENCE_MS, TIME_TO_REPORT_MS } from '../schedule/slots/slot-status.js';
import { type Case, type Evidence, type StationFacts, verdict } from './verdict.js';

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
const heard = endsAt + TIME_TO_REPORT_MS;
const afterFailure = endsAt + GRACE_AFTER_FAILURE_MS;
const nextDay = endsAt + GRACE_OF_SILENCE_MS;

const said = { awaitsDevice: false, noWord: false };

describe('what became of a slot', () => {
  it('is settled at once by a device that played it, whenever that comes', () => {
    const played = { state: 'played', reason: 'Nhật ký máy', until: null, note: '', ...said };
    for (const now of [endsAt, heard, nextDay, nextDay + 1])
      expect(verdict(slot([log('a', 'played')]), now)).toEqual(played);
    expect(verdict(slot([log('a', 'partial'), log('a', 'played')]), heard).state).toBe('played');
    expect(verdict(slot([log('a', 'failed'), log('b', 'played')], [A, B]), heard).state).toBe('played');
  });

  it('is open while it lasts, and for the moment in which a device with a line reports', () => {
    expect(verdict(slot([]), startsAt - 1)).toMatchObject({ state: 'waiting', note: 'Chưa đến giờ' });
    expect(verdict(slot([log('a', 'failed')]), endsAt - 1)).toMatchObject({ state: 'waiting', note: 'Đến giờ phát' });
    expect(verdict(slot([]), heard - 1)).toMatchObject({ state: 'waiting', until: heard });
  });

  it('is missed when every device failed, with what the device said, and settled half an hour after the end', () => {
    const failed = slot([log('a', 'failed', 'thiếu clip')]);
    const missed = { state: 'missed', reason: 'Trạm không phát được: thiếu clip' };
    expect(verdict(failed, heard)).toMatchObject({ ...missed, until: afterFailure });
    expect(verdict(failed, afterFailure - 1)).toMatchObject({ ...missed, until: afterFailure });
    expect(verdict(failed, afterFailure)).toEqual({ ...missed, until: null, note: '', ...said });
    expect(verdict(slot([log('a', 'partial', 'Máy phát bị ngắt giữa chừng')]), heard)).toMatchObject({
      state: 'missed',
      reason: 'Phát dở dang: Máy phát bị ngắt giữa chừng',
    });
  });

  it('may be mended for a day where a device has said nothing', () => {
    const half = slot([log('a', 'failed', 'mất điện')], [A, B]);
    const missed = { state: 'missed', reason: 'Trạm không phát được: mất điện' };
    expect(verdict(half, heard)).toMatchObject({ ...missed, until: nextDay });
    expect(verdict(half, nextDay)).toMatchObject({ ...missed, until: null });
  });

  it.each([
    ['Chưa có tin của trạm', 'Trạm không báo đã phát', [A]],
    ['Chưa có tin của trạm', 'Trạm chưa liên lạc lần nào', [B]],
    [
      'Chưa có tin của trạm',
      'Trạm mất liên lạc từ Thứ Hai 23/11, 21:05',
      [{ ...A, lastSeenAt: instantOf('2026-11-23', '21:05', VIETNAM) }],
    ],
    ['Chưa có tin của trực đài', 'Kênh chưa có trạm và trực đài chưa xác nhận', []],
  ])('%s for a day, then %s', (early, late, stations) => {
    expect(verdict(slot([], stations), heard)).toMatchObject({ state: 'missed', reason: early, until: nextDay });
    expect(verdict(slot([], stations), nextDay - 1)).toMatchObject({ reason: early, until: nextDay });
    expect(verdict(slot([], stations), nextDay)).toEqual({
      state: 'missed',
      reason: late,
      until: null,
      note: '',
      ...said,
    });
  });

  it.each<[string, Evidence[], StationFacts[], boolean, boolean]>([
    ['nobody has spoken', [], [A], true, true],
    ['nobody has spoken, and there is no device', [], [], false, true],
    ['every device has said no', [log('a', 'failed')], [A], false, false],
    ['one of two devices has said no', [log('a', 'failed')], [A, B], false, true],
    ['the operator has said that it played', [tick('played')], [A], false, false],
    ['the operator has said no, and the device nothing', [tick('failed')], [A], false, true],
  ])('when %s, it says what is waited for', (_, evidence, stations, awaitsDevice, noWord) => {
    expect(verdict(slot(evidence, stations), heard)).toMatchObject({ awaitsDevice, noWord });
    expect(verdict(slot(evidence, stations), nextDay)).toMatchObject(said);
  });

  it('waits for a device from the end on, not before', () => {
    expect(verdict(slot([]), endsAt - 1)).toMatchObject({ awaitsDevice: false });
    expect(verdict(slot([]), endsAt)).toMatchObject({ state: 'waiting', awaitsDevice: true });
  });

  it('takes the operator at his last word, for good where there is no device', () => {
    const settled = { until: null, note: '', ...said };
    expect(verdict(slot([tick('played')], []), endsAt)).toEqual({
      state: 'played',
      reason: 'Trực đài xác nhận',
      ...settled,
    });
    expect(verdict(slot([tick('played'), tick('failed', 'mất điện')], []), endsAt)).toEqual({
      state: 'missed',
      reason: 'Trực đài báo không phát: mất điện',
      ...settled,
    });
  });

  it('lets a device outweigh the operator, whichever came first', () => {
    expect(verdict(slot([tick('failed', 'im tiếng'), log('a', 'played')]), heard).state).toBe('played');
    expect(verdict(slot([log('a', 'failed', 'mất điện'), tick('played')]), heard).state).toBe('missed');
    const silentDevice = slot([tick('played')]);
    expect(verdict(silentDevice, heard)).toMatchObject({
      state: 'played',
      until: nextDay,
      note: 'Trực đài báo đã phát; chờ nhật ký máy; tạm tính là đã phát',
    });
    expect(verdict(silentDevice, nextDay)).toMatchObject({ state: 'played', until: null });
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

  const moment = fc.integer({ min: TIME_TO_REPORT_MS, max: GRACE_OF_SILENCE_MS + 1 }).map((after) => endsAt + after);

  it('has an end state from twenty seconds after its end on, and is settled a day later', () => {
    fc.assert(fc.property(anyCase, moment, (one, now) => verdict(one, now).state !== 'waiting'));
    fc.assert(fc.property(anyCase, (one) => verdict(one, nextDay).until === null));
  });

  it('never changes with time alone, and is settled exactly when it says', () => {
    fc.assert(
      fc.property(anyCase, moment, (one, now) => {
        const early = verdict(one, now);
        if (verdict(one, nextDay).state !== early.state) return false;
        if (early.until === null) return true;
        return (
          now < early.until && verdict(one, early.until - 1).until !== null && verdict(one, early.until).until === null
        );
      }),
    );
  });

  it('more evidence never takes a play away that a device has logged', () => {
    fc.assert(
      fc.property(anyCase, anyCase, moment, (one, more, now) => {
        const both = { ...one, evidence: [...one.evidence, ...more.evidence] };
        const logged = one.evidence.some(({ stationId, outcome }) => stationId !== null && outcome === 'played');
        return !logged || verdict(both, now).state === 'played';
      }),
    );
  });
});
