import fc from 'fast-check';
import type { StationPlaylistItem } from './local-playlist-store.js';
import { LATE_MS, latestStart, startTimeOf, stopsOf } from './start-rules.js';

const noon = Date.UTC(2026, 10, 24, 5);

function item(
  slotId: string,
  seconds: number,
  start?: StationPlaylistItem['start'],
  durationMs = 30_000,
): StationPlaylistItem {
  const startsAt = noon + seconds * 1000;
  const [from, to] = [new Date(startsAt).toISOString(), new Date(startsAt + durationMs).toISOString()];
  const what = { title: slotId, sha256: 'a'.repeat(64), bytes: 1 };
  return { kind: 'clip', slotId, startsAt: from, endsAt: to, durationMs, ...what, ...(start && { start }) };
}

const running = item('a', 0);
const stops = (...items: StationPlaylistItem[]) =>
  stopsOf([running, ...items], running).map(({ at, by }) => [by.slotId, (at - noon) / 1000]);

describe('the start rules at a station', () => {
  it('cut stops what runs at its time, wait when it has waited, next never', () => {
    expect(stops(item('b', 32, { rule: 'cut' }))).toEqual([['b', 32]]);
    expect(stops(item('b', 32, { rule: 'wait', seconds: 10 }))).toEqual([['b', 42]]);
    expect(stops(item('b', 32, { rule: 'next' }))).toEqual([]);
    expect(stops(item('b', 32))).toEqual([['b', 92]]);
  });

  it('the soonest stops, also one behind another', () => {
    const waits = item('b', 32, { rule: 'wait', seconds: 60 });
    expect(stops(waits, item('c', 64, { rule: 'cut' }))).toEqual([
      ['c', 64],
      ['b', 92],
    ]);
  });

  it('what stands before it stops nothing', () => {
    const before = item('z', -60, { rule: 'cut' });
    expect(stopsOf([before, running], running)).toEqual([]);
  });

  it('next begins after what ran before it, whenever that ended', () => {
    const next = item('b', 32, { rule: 'next' });
    expect(latestStart(next, 0)).toBe(startTimeOf(next) + LATE_MS);
    expect(latestStart(next, noon + 500_000)).toBeGreaterThanOrEqual(noon + 500_000);
    expect(latestStart(item('b', 32, { rule: 'next' }, 300_000), 0)).toBe(noon + 332_000);
  });

  it('what stops another is not too late to begin then', () => {
    const rule = fc.oneof(
      fc.constant<StationPlaylistItem['start']>({ rule: 'cut' }),
      fc.record({ rule: fc.constant('wait' as const), seconds: fc.nat(3600) }),
      fc.constant<StationPlaylistItem['start']>(undefined),
    );
    fc.assert(
      fc.property(rule, fc.integer({ min: 1, max: 7200 }), (start, seconds) => {
        const by = item('b', seconds, start);
        return stopsOf([running, by], running).every(({ at }) => at <= latestStart(by, 0));
      }),
    );
  });
});
