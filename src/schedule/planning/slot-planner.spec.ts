import fc from 'fast-check';
import { addDays, instantOf, localTimeOf, weekdayOf } from '../../shared/local-time.js';
import { contains } from '../../shared/time-range.js';
import { aDemand, aPlanInput, planInputs, stored } from './planning-samples.fake.js';
import { clockPermits, aChannel } from '../../channels/hours/hours-samples.fake.js';
import type { Plan, PlanDemand, PlanInput } from './planning.types.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import { plan } from './slot-planner.js';
import { takesTime } from '../slots/slot.transitions.js';
import { channelOccurrences } from '../../channels/hours/window-occurrences.js';

const zone = 'Asia/Ho_Chi_Minh';
const day = '2026-08-24';
const times = (found: Plan) => found.slots.map((slot) => `${slot.demandId} ${localTimeOf(slot.start, zone)}`);
const wants = (d: PlanDemand, date: string) =>
  d.from <= date && date <= d.until && (!d.weekdays || d.weekdays.includes(weekdayOf(date)));
const counts = (slot: ExistingSlot) => slot.state !== 'cancelled' && !slot.makeGoodFor;

/** The stored slots after the plan was carried out. */
function after(found: Plan): ExistingSlot[] {
  return [...found.kept, ...stored(found.slots)];
}

function holdsTheLaw(input: PlanInput, found: Plan): void {
  const gap = input.gapMs ?? 0;
  for (const channel of input.channels) {
    const standing = after(found)
      .filter((slot) => slot.channelId === channel.id && takesTime(slot.state))
      .sort((a, b) => a.start - b.start);
    const added = new Set(found.slots.map(({ key }) => key));
    standing.slice(1).forEach((slot, i) => {
      const between = slot.start - standing[i]!.end;
      expect(between).toBeGreaterThanOrEqual(added.has(slot.id) || added.has(standing[i]!.id) ? gap : 0);
    });
    const { policy, zone } = channel;
    const sessions = channelOccurrences(channel, input.horizon.from, input.horizon.until);
    for (const slot of found.slots.filter((s) => s.channelId === channel.id)) {
      const { windowId, date } = slot;
      expect(sessions.some((s) => s.windowId === windowId && s.date === date && contains(s, slot))).toBe(true);
      expect(clockPermits(policy, zone, slot.start) && clockPermits(policy, zone, slot.end - 1)).toBe(true);
      expect(slot.start).toBeGreaterThanOrEqual(input.now + input.lockMs);
      expect(Number.isSafeInteger(slot.start) && Number.isSafeInteger(slot.end)).toBe(true);
    }
    const used = new Map<string, Set<string>>();
    for (const { date, start } of found.slots.filter((s) => s.channelId === channel.id)) {
      const session = sessions.findIndex((s) => s.date === date && s.start <= start && start < s.end);
      used.set(date, (used.get(date) ?? new Set()).add(String(session)));
    }
    for (const set of used.values()) expect(set.size).toBeLessThanOrEqual(policy.sessionsPerDay ?? Infinity);
  }
}

function meetsOrExplains(input: PlanInput, found: Plan): void {
  const days = [0, 1, 2].map((n) => addDays(input.horizon.from, n));
  let unmet = 0;
  for (const demand of input.obligations) {
    for (const channelId of new Set(demand.channelIds)) {
      for (const date of days) {
        const own = (slot: ExistingSlot) =>
          slot.demandId === demand.id && slot.channelId === channelId && slot.date === date && counts(slot);
        const has = after(found).filter(own).length;
        const before = found.kept.filter(own).length;
        const { minPlaysPerDay: min, maxPlaysPerDay: max } = demand;
        expect(has).toBeLessThanOrEqual(Math.max(before, input.fillToMax ? max : min));
        const said = found.shortfalls.filter(
          (s) => s.demandId === demand.id && s.channelId === channelId && s.date === date,
        );
        const short = wants(demand, date) && has < min;
        expect(said.map(({ wanted, placed }) => ({ wanted, placed }))).toEqual(
          short ? [{ wanted: min, placed: has }] : [],
        );
        if (short) unmet++;
        if (!wants(demand, date)) expect(has).toBe(before);
      }
    }
  }
  expect(found.shortfalls).toHaveLength(unmet);
  for (const { sentence } of found.shortfalls)
    expect(sentence.vi).toMatch(/^Ngày .+ cần \d+ lượt, xếp được \d+: .+\.$/);
}

function takesAwayOnlyItsOwn(input: PlanInput, found: Plan): void {
  for (const { slot } of found.removed) {
    expect(slot.state).toBe('planned');
    expect(slot.locked).toBeUndefined();
    expect(slot.start).toBeGreaterThanOrEqual(input.now + input.lockMs);
    expect(input.obligations.some(({ id }) => id === slot.demandId)).toBe(true);
  }
}

describe('any plan', () => {
  it('overlaps nothing, stays in its windows and the permitted hours, and meets or explains each minimum, takes away only its own', () => {
    let placed = 0;
    let short = 0;
    fc.assert(
      fc.property(planInputs, (input) => {
        const found = plan(input);
        holdsTheLaw(input, found);
        meetsOrExplains(input, found);
        expect(new Set(after(found).map(({ id }) => id)).size).toBe(found.kept.length + found.slots.length);
        expect(found.kept.length + found.removed.length).toBe(input.existing.length);
        takesAwayOnlyItsOwn(input, found);
        placed += found.slots.length;
        short += found.shortfalls.filter(({ code }) => code === 'full').length;
      }),
      { numRuns: 1500 },
    );
    // The generator must produce both, or the property proves nothing.
    expect(placed).toBeGreaterThan(1000);
    expect(short).toBeGreaterThan(100);
  });

  it('falls short only when trying everything falls short', () => {
    const allFit = ([size, ...rest]: number[], rooms: number[]): boolean =>
      size === undefined || rooms.some((room, at) => room >= size && allFit(rest, rooms.with(at, room - size)));
    const cases = fc.record({
      rooms: fc.array(fc.integer({ min: 4, max: 14 }), { minLength: 1, maxLength: 2 }),
      wanted: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 })), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    const seen = { met: 0, short: 0 };
    fc.assert(
      fc.property(cases, ({ rooms, wanted }) => {
        const windows = rooms.map((minutes, i) => ({ ...aChannel().windows[i]!, minutes }));
        const obligations = wanted.map(([minutes, min], i) =>
          aDemand({ id: `d${i}`, durationMs: minutes * 60_000, minPlaysPerDay: min }),
        );
        const found = plan(aPlanInput({ channels: [aChannel({ windows })], obligations }));
        const sizes = wanted.flatMap(([minutes, min]) => Array.from({ length: min }, () => minutes));
        const fits = allFit(sizes, rooms);
        seen[fits ? 'met' : 'short']++;
        expect(found.shortfalls.length === 0).toBe(fits);
      }),
      { numRuns: 800 },
    );
    expect(Math.min(seen.met, seen.short)).toBeGreaterThan(100);
  });

  it('is the same for input in any order', () => {
    const shuffled = planInputs.chain((input) =>
      fc.tuple(
        fc.constant(input),
        fc.shuffledSubarray([...input.obligations], { minLength: input.obligations.length }),
        fc.shuffledSubarray([...input.existing], { minLength: input.existing.length }),
        fc.boolean(),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([input, obligations, existing, turned]) => {
        const channels = turned
          ? [...input.channels].reverse().map((c) => ({ ...c, windows: [...c.windows].reverse() }))
          : input.channels;
        expect(plan({ ...input, obligations, existing, channels })).toEqual(plan(input));
      }),
      { numRuns: 800 },
    );
  });

  it('adds nothing when it is made again over its own result', () => {
    fc.assert(
      fc.property(planInputs, (input) => {
        const first = plan(input);
        const second = plan({ ...input, existing: after(first) });
        expect(second.slots).toEqual([]);
        expect(second.removed).toEqual([]);
        expect(second.shortfalls.map(({ wouldFree: _, ...s }) => s)).toEqual(
          first.shortfalls.map(({ wouldFree: _, ...s }) => s),
        );
      }),
      { numRuns: 800 },
    );
  });

  it('a new demand moves no stored slot and uses no key again', () => {
    fc.assert(
      fc.property(planInputs, planInputs, (input, other) => {
        const first = plan(input);
        const newcomer = {
          ...other.obligations[0]!,
          id: 'newcomer',
          from: input.horizon.from,
          until: input.horizon.until,
        };
        const second = plan({ ...input, obligations: [...input.obligations, newcomer], existing: after(first) });
        expect(second.removed).toEqual([]);
        expect(second.kept).toHaveLength(after(first).length);
        expect(second.slots.every(({ demandId }) => demandId === 'newcomer')).toBe(true);
        const stale = new Set(input.existing.map(({ key }) => key));
        expect([...first.slots, ...second.slots].filter(({ key }) => stale.has(key))).toEqual([]);
        const keys = [...first.slots, ...second.slots].map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 600 },
    );
  });
});

describe('a plan', () => {
  it('divides the plays among the windows, then each window among its plays', () => {
    const demand = aDemand({ minPlaysPerDay: 5, maxPlaysPerDay: 5 });
    expect(times(plan(aPlanInput({ obligations: [demand] })))).toEqual([
      'demand 05:30',
      'demand 05:40',
      'demand 05:50',
      'demand 17:00',
      'demand 17:10',
    ]);
  });

  it('places as early as it can when that is asked', () => {
    const demand = aDemand({ spread: 'earliest' });
    expect(times(plan(aPlanInput({ obligations: [demand] })))).toEqual(['demand 05:30', 'demand 05:33']);
  });

  it('is exactly the minimum, and the maximum only when that is asked', () => {
    const input = aPlanInput();
    expect(plan(input).slots).toHaveLength(2);
    expect(plan({ ...input, fillToMax: true }).slots).toHaveLength(3);
  });

  it('gives a stronger class its minimum first', () => {
    const windows = aChannel()
      .windows.slice(0, 1)
      .map((w) => ({ ...w, minutes: 5 }));
    const found = plan(
      aPlanInput({
        channels: [aChannel({ windows })],
        obligations: (['normal', 'priority', 'emergency'] as const).map((priority) =>
          aDemand({ id: priority, priority, minPlaysPerDay: 1 }),
        ),
      }),
    );
    expect(times(found)).toEqual(['emergency 05:30', 'priority 05:32']);
    expect(found.shortfalls.map(({ demandId, code }) => [demandId, code])).toEqual([['normal', 'full']]);
  });

  it('shares scarce time between campaigns of one class, and the odd place goes round', () => {
    const windows = aChannel()
      .windows.slice(0, 1)
      .map((w) => ({ ...w, minutes: 10 }));
    const obligations = ['a', 'b'].map((id) => aDemand({ id, minPlaysPerDay: 4, maxPlaysPerDay: 4 }));
    const found = plan(
      aPlanInput({ channels: [aChannel({ windows })], obligations, horizon: { from: day, until: '2026-08-27' } }),
    );
    const plays = (id: string, date: string) => found.slots.filter((s) => s.demandId === id && s.date === date).length;
    const days = ['2026-08-24', '2026-08-25', '2026-08-26', '2026-08-27'];
    expect(days.map((date) => plays('a', date) + plays('b', date))).toEqual([5, 5, 5, 5]);
    expect(days.map((date) => Math.abs(plays('a', date) - plays('b', date)))).toEqual([1, 1, 1, 1]);
    expect(found.slots.filter((s) => s.demandId === 'a')).toHaveLength(10);
  });

  it('packs tight when that alone meets every minimum', () => {
    const windows = aChannel().windows.slice(0, 1);
    const obligations = [
      aDemand({ id: 'often', priority: 'priority', minPlaysPerDay: 3 }),
      aDemand({ id: 'long', durationMs: 24 * 60_000, minPlaysPerDay: 1 }),
    ];
    const found = plan(aPlanInput({ channels: [aChannel({ windows })], obligations }));
    expect(found.shortfalls).toEqual([]);
    expect(found.slots.map(({ demandId }) => demandId).sort()).toEqual(['long', 'often', 'often', 'often']);
    expect(found.slots[0]?.why).toContain('xếp sát nhau');
  });

  it('says why each slot stands where it stands', () => {
    expect(plan(aPlanInput()).slots.map(({ key, why }) => [key, why])).toEqual([
      [
        'demand|channel|2026-08-24|1',
        'Lượt 1/2 ngày 24/08/2026, buổi 05:30, hạng thông thường: buổi này chưa có lượt nào của bài.',
      ],
      [
        'demand|channel|2026-08-24|2',
        'Lượt 2/2 ngày 24/08/2026, buổi 17:00, hạng thông thường: buổi này chưa có lượt nào của bài.',
      ],
    ]);
  });

  it('plans what is left of today, and calls the rest past', () => {
    const at = (time: string) => aPlanInput({ now: instantOf(day, time, zone) });
    expect(times(plan(at('12:00')))).toEqual(['demand 17:00', 'demand 17:15']);
    expect(times(plan(at('17:05')))).toEqual(['demand 17:15', 'demand 17:18']);
    const late = plan(at('17:19'));
    expect(late.slots).toEqual([]);
    expect(late.shortfalls[0]).toMatchObject({ code: 'past', wanted: 2, placed: 0, wouldFree: [] });
  });

  it('counts a missed play as had: its remedy is a make-good, which counts for no day', () => {
    const [first, second] = stored(plan(aPlanInput()).slots) as [ExistingSlot, ExistingSlot];
    const makeGood: ExistingSlot = { ...second, id: 'mg', key: undefined, makeGoodFor: first.id };
    const kept = plan(aPlanInput({ existing: [{ ...first, state: 'missed' }, second] }));
    expect(kept.slots).toEqual([]);
    const found = plan(aPlanInput({ existing: [{ ...first, state: 'missed' }, makeGood] }));
    expect(found.slots.map(({ key }) => key)).toEqual(['demand|channel|2026-08-24|2']);
  });

  it('plans a cancelled play anew, under a new key', () => {
    const [first, second] = stored(plan(aPlanInput()).slots) as [ExistingSlot, ExistingSlot];
    const found = plan(aPlanInput({ existing: [{ ...first, state: 'cancelled' }, second] }));
    expect(found.slots.map(({ key, start }) => [key, start])).toEqual([['demand|channel|2026-08-24|3', first.start]]);
  });
});

describe('what changes after the plan', () => {
  const before = stored(plan(aPlanInput()).slots);
  const again = (change: Partial<PlanInput>, existing = before) => plan(aPlanInput({ existing, ...change }));
  const codes = (found: Plan) => found.removed.map(({ code }) => code);

  it('a clip of another length is planned anew at its old time', () => {
    const found = again({ obligations: [aDemand({ durationMs: 150_000 })] });
    expect(codes(found)).toEqual(['length-changed', 'length-changed']);
    expect(found.slots.map(({ start }) => start)).toEqual(before.map(({ start }) => start));
    expect(found.slots[0]?.why).toContain('giữ đúng giờ cũ');
    expect(codes(again({ obligations: [aDemand({ clipId: 'other' })] }))).toEqual(['clip-changed', 'clip-changed']);
  });

  it('a moved window takes its plays along', () => {
    const overrides = [{ windowId: 'channel-evening', date: day, kind: 'move' as const, start: '18:00' }];
    const found = again({ channels: [aChannel({ overrides })] });
    expect(codes(found)).toEqual(['window-gone']);
    expect(times(found)).toEqual(['demand 18:00']);
  });

  it('a demand that ends earlier or wants fewer plays gives its slots back', () => {
    expect(codes(again({ obligations: [aDemand({ from: '2026-08-25' })] }))).toEqual(['not-wanted', 'not-wanted']);
    const fewer = again({ obligations: [aDemand({ minPlaysPerDay: 1, maxPlaysPerDay: 1 })] });
    expect(fewer.removed.map(({ code, slot }) => [code, slot.id])).toEqual([['over-maximum', before[1]!.id]]);
  });

  it('what a person locked, and what is about to air, stays', () => {
    const obligations = [aDemand({ clipId: 'other' })];
    expect(
      codes(
        again(
          { obligations },
          before.map((slot) => ({ ...slot, locked: true })),
        ),
      ),
    ).toEqual([]);
    expect(codes(again({ obligations, now: before[0]!.start - 300_000 }))).toEqual(['clip-changed']);
    expect(codes(again({ obligations: [] }))).toEqual([]);
  });
});
