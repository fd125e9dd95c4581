import fc from 'fast-check';
import { instantOf, localTimeOf } from '../../shared/local-time.js';
import { overlaps } from '../../shared/time-range.js';
import { aDemand, aPlanInput, stored } from './planning-samples.fake.js';
import { aChannel, everyDay } from '../../channels/hours/hours-samples.fake.js';
import type { PlanInput } from './planning.types.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { plan } from './slot-planner.js';

const zone = 'Asia/Ho_Chi_Minh';
const date = '2026-08-24';
const only = (input: PlanInput) => {
  const found = plan(input).shortfalls;
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('why a minimum cannot be met', () => {
  const channelWith = (change: Partial<PlanChannel>) => aPlanInput({ channels: [aChannel(change)] });
  const mondayOff = aChannel().windows.map((w) => ({ ...w, weekdays: [2, 3, 4, 5, 6, 7] }));
  const skipped = ['channel-morning', 'channel-evening'].map((windowId) => ({ windowId, date, kind: 'skip' as const }));

  it.each([
    ['no-window', channelWith({ windows: mondayOff }), ['Thêm buổi phát dài ít nhất 4 phút cho ngày 24/08/2026.']],
    ['window-skipped', channelWith({ overrides: skipped }), ['Bỏ lệnh nghỉ phát ngày 24/08/2026.']],
    [
      'not-permitted',
      channelWith({ policy: { permitted: [{ from: '05:00', until: '21:00' }], weekdays: [2] } }),
      ['Mở buổi đặc biệt ngày 24/08/2026 trong giờ được phép (05:00–21:00).'],
    ],
    ['not-permitted', channelWith({ policy: { permitted: [] } }), []],
    [
      'clip-too-long',
      aPlanInput({ obligations: [aDemand({ durationMs: 31 * 60_000, minPlaysPerDay: 1 })] }),
      ['Kéo dài buổi phát 05:30 thêm 1 phút.', 'Rút bản thu còn không quá 30 phút (hiện 31 phút).'],
    ],
    ['unknown-channel', aPlanInput({ channels: [] }), []],
  ])('%s', (code, input, wouldFree) => {
    expect(only(input)).toMatchObject({ code, wouldFree, placed: 0, channelId: 'channel', date });
  });

  it('a full day names the longer window, the shorter clip and what could be dropped', () => {
    const windows = aChannel()
      .windows.slice(0, 1)
      .map((w) => ({ ...w, minutes: 5 }));
    const base = aPlanInput({ channels: [aChannel({ windows })] });
    const first = aDemand({ id: 'first', title: 'Tiêm chủng', durationMs: 120_000, minPlaysPerDay: 2 });
    const existing = stored(plan({ ...base, obligations: [first] }).slots);
    const second = aDemand({ id: 'second', durationMs: 90_000, minPlaysPerDay: 1 });
    const input = { ...base, existing, obligations: [first, second] };
    const found = only(input);
    expect(found.sentence).toEqual({
      vi: 'Ngày 24/08/2026 cần 1 lượt, xếp được 0: các buổi phát không còn đủ chỗ trống.',
      en: '2026-08-24 needs 1 plays and has 0: the windows have no free place of that length.',
    });
    expect(found.wouldFree).toEqual([
      'Kéo dài buổi phát 05:30 thêm 2 phút.',
      'Rút bản thu còn không quá 1 phút (hiện 1 phút 30 giây).',
      'Bỏ 1 lượt: 05:30 (Tiêm chủng).',
    ]);
    const dropped = existing.filter(({ start }) => localTimeOf(start, zone) !== '05:30');
    expect(plan({ ...input, existing: dropped, obligations: [second] }).shortfalls).toEqual([]);
  });

  it('never offers to drop a stronger class, an aired slot or one that a person locked', () => {
    const windows = aChannel()
      .windows.slice(0, 1)
      .map((w) => ({ ...w, minutes: 4 }));
    const base = aPlanInput({ channels: [aChannel({ windows })] });
    const first = aDemand({ id: 'first', priority: 'priority' });
    const existing = stored(plan({ ...base, obligations: [first] }).slots);
    const weak = aDemand({ id: 'second', minPlaysPerDay: 1 });
    const strong = aDemand({ id: 'second', minPlaysPerDay: 1, priority: 'emergency' });
    const offers = (second: typeof weak, slots: ExistingSlot[]) =>
      only({ ...base, existing: slots, obligations: [first, second] }).wouldFree.filter((s) => s.startsWith('Bỏ'));
    expect(offers(weak, existing)).toEqual([]);
    expect(offers(strong, existing)).toEqual(['Bỏ 1 lượt: 05:30 (campaign of first).']);
    expect(
      offers(
        strong,
        existing.map((slot) => ({ ...slot, locked: true })),
      ),
    ).toEqual([]);
  });

  it('what is offered does free the minimum, and keeps the law', () => {
    const cases = fc.record({
      minutes: fc.tuple(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 5, max: 30 })),
      until: fc.constantFrom('05:50', '06:00', '21:00'),
      cap: fc.constantFrom(undefined, 15, 30),
      taken: fc.array(fc.record({ at: fc.integer({ min: 0, max: 60 }), seconds: fc.integer({ min: 20, max: 400 }) })),
      durationMs: fc.integer({ min: 60_000, max: 500_000 }),
      min: fc.integer({ min: 1, max: 5 }),
      gapMs: fc.constantFrom(0, 5_000),
    });
    let longer = 0;
    let shorter = 0;
    fc.assert(
      fc.property(cases, ({ minutes, until, cap, taken, durationMs, min, gapMs }) => {
        const policy = { permitted: [{ from: '05:00', until }], minutesPerSession: cap };
        const windows = ['05:30', '05:00'].map((start, i) => {
          return { id: `w${i}`, channelId: 'channel', weekdays: everyDay, start, minutes: Math.min(minutes[i]!, 29) };
        });
        const channel = aChannel({ windows, policy });
        const existing: ExistingSlot[] = [];
        taken.forEach(({ at, seconds }, i) => {
          const start = instantOf(date, '05:00', zone) + at * 60_000;
          const slot = {
            id: `x${i}`,
            channelId: 'channel',
            date,
            state: 'planned' as const,
            start,
            end: start + seconds * 1000,
          };
          if (!existing.some((other) => overlaps(other, slot))) existing.push(slot);
        });
        const demand = aDemand({ durationMs, minPlaysPerDay: min, maxPlaysPerDay: 5 });
        const input = aPlanInput({ channels: [channel], obligations: [demand], existing, gapMs });
        const found = plan(input);
        const kept = [...existing, ...stored(found.slots)];
        for (const offer of found.shortfalls.flatMap(({ wouldFree }) => wouldFree)) {
          const window = /^Kéo dài buổi phát (\S+) thêm (\d+) phút/.exec(offer);
          if (window) {
            longer++;
            const rule = windows.find(({ start }) => start === window[1])!;
            const more = { windowId: rule.id, date, kind: 'move' as const, minutes: rule.minutes + Number(window[2]) };
            const wider = { ...input, existing: kept, channels: [{ ...channel, overrides: [more] }] };
            expect(plan(wider).shortfalls).toEqual([]);
          }
          const clip = /^Rút bản thu còn không quá (?:(\d+) phút ?)?(?:(\d+) giây)? ?\(/.exec(offer);
          if (clip) {
            shorter++;
            const length = Number(clip[1] ?? 0) * 60_000 + Number(clip[2] ?? 0) * 1000;
            // The existing plays keep their time; only the missing ones get the shorter clip.
            const missing = min - found.slots.length;
            const short = aDemand({ id: 'short', durationMs: length, minPlaysPerDay: missing, maxPlaysPerDay: 5 });
            expect(plan({ ...input, existing: kept, obligations: [short] }).shortfalls).toEqual([]);
          }
        }
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(longer, shorter)).toBeGreaterThan(50);
  });
});
