import fc from 'fast-check';
import { DomainError } from '../shared/domain-error.js';
import type { AsRunEvent } from './as-run-event.js';
import { checkAsRunEvent, saysTheSame, showDetail, type SlotFacts } from './check-as-run-event.js';

const HOUR = 3_600_000;
const approved = 'a'.repeat(64);
const slot: SlotFacts = { startsAt: 100 * HOUR, endsAt: 100 * HOUR + 30_000, sha256: approved };
const later = slot.endsAt + 1_000;
const event: AsRunEvent = {
  sequence: 7,
  slotId: 's',
  sha256: approved,
  startedAt: slot.startsAt,
  endedAt: slot.endsAt,
  outcome: 'played',
};

describe('what the centre enters for an event', () => {
  it('is what the station says when the bytes are the approved ones', () => {
    expect(checkAsRunEvent(event, slot, later)).toEqual({ outcome: 'played', detail: null });
    const partial = { ...event, outcome: 'partial' as const, detail: 'mất điện' };
    expect(checkAsRunEvent(partial, slot, later)).toEqual({ outcome: 'partial', detail: 'mất điện' });
  });

  it('is failed when another file sounded', () => {
    const { outcome, detail } = checkAsRunEvent({ ...event, sha256: 'b'.repeat(64) }, slot, later);
    expect(outcome).toBe('failed');
    expect(showDetail(detail)).toBe('tệp phát không phải bản thu đã duyệt của lượt này');
  });

  it('notes a clock that is fast, and does not believe what has yet to happen', () => {
    expect(checkAsRunEvent(event, slot, slot.endsAt - 59_000)).toEqual({ outcome: 'played', detail: null });
    const fast = checkAsRunEvent(event, slot, slot.endsAt - 180_000);
    expect([fast.outcome, showDetail(fast.detail)]).toEqual(['played', 'đồng hồ trạm nhanh khoảng 3 phút']);
    expect(checkAsRunEvent(event, slot, slot.endsAt - 3 * HOUR).outcome).toBe('failed');
  });

  it.each([
    ['bad-times', { startedAt: slot.endsAt, endedAt: slot.endsAt - 1 }],
    ['far-from-slot', { startedAt: slot.startsAt - 24 * HOUR - 1 }],
    ['far-from-slot', { startedAt: slot.startsAt + 25 * HOUR, endedAt: slot.endsAt + 25 * HOUR }],
  ])('refuses %s and names the event', (code, change) => {
    try {
      checkAsRunEvent({ ...event, ...change }, slot, later);
      throw new Error('was not refused');
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect(error).toMatchObject({ kind: 'invalid', code, details: { sequence: 7, slotId: 's' } });
    }
  });
});

describe('the same event again', () => {
  const events = fc.record({
    sequence: fc.constant(7),
    slotId: fc.constantFrom('s', 't'),
    sha256: fc.constantFrom(approved, 'b'.repeat(64)),
    startedAt: fc.integer({ min: slot.startsAt - 5_000, max: slot.startsAt }),
    endedAt: fc.integer({ min: slot.startsAt, max: slot.endsAt }),
    outcome: fc.constantFrom('played' as const, 'partial' as const, 'failed' as const),
    detail: fc.option(fc.constantFrom('mất điện', 'thiếu clip'), { nil: undefined }),
  });
  const store = (one: AsRunEvent, now: number) => ({
    slotId: one.slotId,
    clipSha256: one.sha256,
    startedAt: one.startedAt,
    endedAt: one.endedAt,
    ...checkAsRunEvent(one, slot, now),
  });

  it('is recognised, whenever it first came and whatever the centre noted', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: -8 * HOUR, max: 8 * HOUR }), (one, shift) => {
        expect(saysTheSame(store(one, later + shift), one)).toBe(true);
      }),
    );
  });

  it('is not taken for another with other content', () => {
    fc.assert(
      fc.property(events, events, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other) && one.sha256 === approved);
        expect(saysTheSame(store(one, later), other)).toBe(false);
      }),
    );
  });
});
