import fc from 'fast-check';
import { overlaps } from '../../shared/time-range.js';
import {
  type BookendIdent,
  bookendParts,
  type BookendSetting,
  type ResolvedBookend,
  reservedParts,
} from './bookend-slots.js';

const LOCK = 600_000;
const MINUTE = 60_000;
const session = { windowId: 'w', channelId: 'c', date: '2026-11-25', start: 100 * MINUTE, end: 160 * MINUTE };
const ident = (durationMs: number, readyAt = 0, date = session.date, identId = 'ident'): BookendIdent => {
  return { identId, date, readyAt, durationMs };
};
const none: ResolvedBookend = { clip: null };
const clip = (durationMs: number): ResolvedBookend => ({ clip: { clipId: 'clip', durationMs } });
const item = { start: 110 * MINUTE, end: 112 * MINUTE };
const opening = (resolved: ResolvedBookend, items = [item]) =>
  bookendParts(session, { opening: resolved, closing: none }, items, LOCK);

describe('what opens a session', () => {
  it('is the call of its very day, else the clip, else nothing', () => {
    const resolved = (ready: BookendIdent[]): ResolvedBookend => ({
      ...clip(20_000),
      idents: { ready, roomMs: 18_000 },
    });
    expect(opening(resolved([ident(15_000)]))).toMatchObject([
      { identId: 'ident', clipId: null, end: session.start + 15_000 },
    ]);
    expect(opening(resolved([ident(15_000, 0, '2026-11-24')]))).toMatchObject([
      { identId: null, insteadOfIdent: true },
    ]);
    expect(opening({ clip: null, idents: { ready: [], roomMs: 18_000 } })).toEqual([]);
    expect(opening(clip(20_000))).toMatchObject([{ clipId: 'clip', insteadOfIdent: false }]);
  });

  it('is decided when stations have it: a call that comes inside the lock waits for the next session', () => {
    const resolved = (readyAt: number): ResolvedBookend => ({
      ...clip(20_000),
      idents: { ready: [ident(15_000, readyAt)], roomMs: 0 },
    });
    expect(opening(resolved(session.start - LOCK))).toMatchObject([{ identId: 'ident' }]);
    expect(opening(resolved(session.start - LOCK + 1))).toMatchObject([{ identId: null }]);
  });

  it('of several is the one that was asked for last and is there in time', () => {
    const ready = [
      ident(15_000, session.start, session.date, 'late'),
      ident(14_000, 0, session.date, 'new'),
      ident(13_000),
    ];
    expect(opening({ clip: null, idents: { ready, roomMs: 0 } })).toMatchObject([{ identId: 'new' }]);
  });

  it('is the shorter clip where the call does not fit before what stands there', () => {
    const early = { start: session.start + 10_000, end: session.start + 40_000 };
    const resolved: ResolvedBookend = { ...clip(8_000), idents: { ready: [ident(15_000)], roomMs: 0 } };
    expect(opening(resolved, [early])).toMatchObject([{ clipId: 'clip' }]);
    expect(opening({ ...clip(12_000), idents: resolved.idents }, [early])).toEqual([]);
  });
});

const length = fc.integer({ min: 1_000, max: 40 * MINUTE });
const resolved: fc.Arbitrary<ResolvedBookend> = fc.record(
  {
    clip: fc.option(length.map((durationMs) => ({ clipId: 'clip', durationMs }))),
    calls: fc.record({
      ready: fc.array(
        fc.record({
          identId: fc.constantFrom('a', 'b'),
          date: fc.constantFrom(session.date, '2026-11-24'),
          readyAt: fc.integer({ min: 0, max: session.start }),
          durationMs: length,
        }),
        { maxLength: 3 },
      ),
      roomMs: length,
    }),
  },
  { requiredKeys: ['clip'] },
);
const setting: fc.Arbitrary<BookendSetting> = fc.record({ opening: resolved, closing: resolved });
const items = fc.array(
  fc.record({
    start: fc.integer({ min: 90 * MINUTE, max: 165 * MINUTE }),
    long: fc.integer({ min: 1_000, max: 10 * MINUTE }),
  }),
  { maxLength: 5 },
);

it('never meets an item, never leaves the session, never takes more than half of it, and keeps for itself what it then needs', () => {
  fc.assert(
    fc.property(setting, items, (chosen, raw) => {
      const items = raw.map(({ start, long }) => ({ start, end: start + long }));
      const parts = bookendParts(session, chosen, items, LOCK);
      for (const part of parts) {
        expect(part.end - part.start).toBe(part.durationMs);
        expect(part.start >= session.start && part.end <= session.end).toBe(true);
        expect(items.some((one) => overlaps(one, part))).toBe(false);
      }
      expect(parts.reduce((sum, part) => sum + part.durationMs, 0)).toBeLessThanOrEqual(
        (session.end - session.start) / 2,
      );
      // A slot outside the reserved time never prevents a bookend.
      const reserved = reservedParts(session, chosen, LOCK);
      const polite = items.filter(
        (one) => one.start >= session.start && one.end <= session.end && !reserved.some((part) => overlaps(one, part)),
      );
      if (polite.length === 0 || reserved.length === 0) return;
      const roles = bookendParts(session, chosen, polite, LOCK).map(({ role }) => role);
      const wanted = reserved.filter(({ role }) => chosen[role].clip !== null).map(({ role }) => role);
      expect(roles).toEqual(expect.arrayContaining(wanted));
    }),
    { numRuns: 2_000 },
  );
});
