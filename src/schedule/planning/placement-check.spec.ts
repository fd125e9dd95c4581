import fc from 'fast-check';
import { addDays, instantOf } from '../../shared/local-time.js';
import { contains, overlaps } from '../../shared/time-range.js';
import { checkPlacement, type PlacementQuestion } from './placement-check.js';
import { planInputs, stored } from './planning-samples.fake.js';
import { naiveOccurrences, clockPermits, aChannel } from '../../channels/hours/hours-samples.fake.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { plan } from './slot-planner.js';
import { takesTime } from '../slots/slot.transitions.js';

const zone = 'Asia/Ho_Chi_Minh';
const monday = '2026-08-24';
const at = (time: string, date = monday) => instantOf(date, time, zone);
const range = (time: string, minutes = 2, date = monday) => {
  return { start: at(time, date), end: at(time, date) + minutes * 60_000 };
};
const standing = (id: string, time: string, minutes = 2): ExistingSlot => {
  return { id, channelId: 'channel', date: monday, state: 'planned', ...range(time, minutes) };
};
const question = (change: Partial<PlacementQuestion> = {}): PlacementQuestion => ({
  channel: aChannel(),
  range: range('05:30'),
  existing: [],
  now: at('08:00', '2026-08-20'),
  lockMs: 600_000,
  ...change,
});
const codes = (change: Partial<PlacementQuestion>) => {
  const answer = checkPlacement(question(change));
  return answer.ok ? [] : answer.reasons.map(({ code }) => code);
};
const ruled = (policy: Partial<PlanChannel['policy']>) => aChannel({ policy: { ...aChannel().policy, ...policy } });

describe('placing one slot', () => {
  it('passes inside a window, on free and permitted time', () => {
    expect(checkPlacement(question())).toEqual({ ok: true });
  });

  it('a loudspeaker does not wake anybody at 3:15', () => {
    const answer = checkPlacement(question({ range: range('03:15') }));
    expect(answer).toMatchObject({
      reasons: [
        {
          code: 'outside-permitted-hours',
          sentence: { vi: 'Ngoài giờ được phép phát (05:00–21:00).' },
          meets: [],
          nearestFree: [at('05:30'), at('17:28', '2026-08-23'), at('17:00')],
        },
      ],
    });
    expect(codes({ range: range('03:15'), emergencyAuthoriser: 'Nguyễn Văn A' })).toEqual([]);
    expect(codes({ range: range('03:15'), emergencyAuthoriser: '  ' })).toEqual(['outside-permitted-hours']);
  });

  it.each([
    ['outside-window', { range: range('12:00') }],
    ['outside-window', { range: range('05:59') }],
    ['outside-permitted-weekdays', { channel: ruled({ weekdays: [2, 3] }) }],
    ['session-too-long', { channel: ruled({ minutesPerSession: 15 }), range: range('05:50') }],
    ['too-many-sessions', { channel: ruled({ sessionsPerDay: 1 }), range: range('17:00') }],
    ['too-many-sessions', { channel: ruled({ sessionsPerDay: 1, minutesPerSession: 5 }), range: range('17:20') }],
    ['past', { now: at('05:31') }],
    ['locked', { now: at('05:25') }],
  ])('refuses with %s', (code, change) => {
    expect(codes(change)).toEqual([code]);
  });

  it('a special occasion passes the weekdays of the policy', () => {
    const overrides = [{ windowId: 'channel-morning', date: monday, kind: 'special' as const }];
    expect(codes({ channel: { ...ruled({ weekdays: [2] }), overrides } })).toEqual([]);
  });

  it('inside the lock it takes a reason or an emergency, both to enter and to leave', () => {
    const now = at('05:25');
    expect(codes({ now, lockReason: 'sai số điện thoại' })).toEqual([]);
    expect(codes({ now, emergencyAuthoriser: 'Trần Thị B' })).toEqual([]);
    const existing = [standing('a', '05:30')];
    expect(codes({ now, existing, movingSlotId: 'a', range: range('17:00') })).toEqual(['locked']);
    const aired = [{ ...existing[0]!, state: 'played' as const }];
    expect(codes({ existing: aired, movingSlotId: 'a', range: range('17:00') })).toEqual(['frozen']);
  });

  it('names every slot it meets and the three nearest free places', () => {
    const existing = [standing('a', '05:30'), standing('b', '05:33'), standing('c', '05:40')];
    const answer = checkPlacement(question({ existing, range: range('05:31', 3) }));
    expect(answer).toEqual({
      ok: false,
      reasons: [
        {
          code: 'overlap',
          sentence: {
            vi: 'Trùng với lượt phát 05:30–05:32, 05:33–05:35.',
            en: 'Overlaps the slot 05:30–05:32, 05:33–05:35.',
          },
          meets: ['a', 'b'],
          nearestFree: [at('05:35'), at('05:42'), at('17:00')],
        },
      ],
    });
    expect(codes({ existing, emergencyAuthoriser: 'Trần Thị B' })).toEqual(['overlap']);
    expect(codes({ existing, movingSlotId: 'a', range: range('05:31') })).toEqual([]);
  });

  it('tells all reasons at once', () => {
    const existing = [standing('a', '03:00', 60)];
    expect(codes({ range: range('03:15'), now: at('04:00'), existing })).toEqual([
      'past',
      'outside-permitted-hours',
      'overlap',
    ]);
  });

  it.each([
    ['end', { start: at('05:30'), end: at('05:30') }],
    ['end', { start: at('05:30'), end: at('05:29') }],
    ['start', { start: NaN, end: at('05:30') }],
    ['end', { start: at('05:30'), end: Infinity }],
    ['end', { start: at('05:30'), end: Date.UTC(9999, 0, 1) }],
    ['end', { start: at('05:30'), end: at('05:30') + 30 * 3_600_000 }],
  ])('throws for a range whose %s cannot be', (field, impossible) => {
    expect(() => checkPlacement(question({ range: impossible }))).toThrow(
      expect.objectContaining({ code: 'bad-range', details: { field } }),
    );
  });

  it('lets stand what the planner placed, and every place it offers', () => {
    fc.assert(
      fc.property(
        planInputs,
        fc.integer({ min: 0, max: 4300 }),
        fc.integer({ min: 1, max: 30 }),
        (input, away, minutes) => {
          const { now, lockMs, gapMs } = input;
          const found = plan(input);
          const all = [...found.kept, ...stored(found.slots)].filter((slot) => slot.channelId === 'c1');
          const base = { channel: input.channels[0]!, existing: all, now, lockMs, gapMs };
          for (const slot of stored(found.slots).filter((s) => s.channelId === 'c1')) {
            expect(checkPlacement({ ...base, range: slot, movingSlotId: slot.id })).toEqual({ ok: true });
          }
          const start = instantOf(input.horizon.from, '00:00', base.channel.zone) + away * 60_000;
          const asked = { start, end: start + minutes * 60_000 };
          const answer = checkPlacement({ ...base, range: asked });
          for (const offered of answer.ok ? [] : answer.reasons[0]!.nearestFree) {
            expect(checkPlacement({ ...base, range: { start: offered, end: offered + minutes * 60_000 } })).toEqual({
              ok: true,
            });
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('says yes exactly when the naive rules do', () => {
    const cases = fc.tuple(planInputs, fc.integer({ min: 0, max: 1 }), fc.nat(), fc.integer({ min: -3, max: 3 }));
    let yes = 0;
    fc.assert(
      fc.property(cases, ([input, which, pick, shift]) => {
        const channel = { ...input.channels[which]!, policy: { permitted: input.channels[which]!.policy.permitted } };
        // A session of the day before may still run at midnight, and a session of the next day may begin there: both
        // are included.
        const sessionsOf = (first: string, last: string) =>
          channel.windows.flatMap((rule) =>
            naiveOccurrences(rule, channel.overrides, channel.policy, channel.zone, first, last),
          );
        const { from, until } = input.horizon;
        const own = sessionsOf(from, until);
        if (own.length === 0) return;
        const sessions = sessionsOf(addDays(from, -1), addDays(until, 1));
        const session = own[pick % own.length]!;
        const start = session.start + shift * 60_000;
        const asked = { start, end: start + 120_000 };
        const existing = input.existing.filter((slot) => slot.channelId === channel.id);
        const answer = checkPlacement({ channel, range: asked, existing, now: input.now, lockMs: 0 });
        const expected =
          start >= input.now &&
          clockPermits(channel.policy, channel.zone, start) &&
          sessions.some((other) => contains(other, asked)) &&
          !existing.some((slot) => takesTime(slot.state) && overlaps(slot, asked));
        if (expected) yes++;
        expect(answer.ok).toBe(expected);
      }),
      { numRuns: 400 },
    );
    expect(yes).toBeGreaterThan(40);
  });
});
