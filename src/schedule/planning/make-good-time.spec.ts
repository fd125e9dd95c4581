import { instantOf } from '../../shared/local-time.js';
import { aChannel } from '../../channels/hours/hours-samples.fake.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import { proposeMakeGood } from './make-good-time.js';

const zone = 'Asia/Ho_Chi_Minh';
const at = (time: string, date = '2026-08-24') => instantOf(date, time, zone);
const slot = (id: string, start: number, minutes: number, change: Partial<ExistingSlot> = {}): ExistingSlot => {
  return {
    id,
    channelId: 'channel',
    date: '2026-08-24',
    state: 'planned',
    start,
    end: start + minutes * 60_000,
    ...change,
  };
};
const missed = slot('m', at('05:30'), 5, {
  state: 'missed',
  demandId: 'd',
  clipId: 'x',
  key: 'd|channel|2026-08-24|1',
});

describe('a make-good', () => {
  it('stands in the next window with room, at its first free place', () => {
    const existing = [missed, slot('a', at('17:00'), 4), slot('b', at('17:08'), 2)];
    expect(proposeMakeGood(missed, aChannel(), existing, at('06:05'))).toEqual({
      key: 'd|channel|2026-08-24|1|make-good',
      makeGoodFor: 'm',
      channelId: 'channel',
      windowId: 'channel-evening',
      date: '2026-08-24',
      start: at('17:10'),
      end: at('17:15'),
      demandId: 'd',
      clipId: 'x',
      why: 'Phát bù lượt 05:30 ngày 24/08/2026, vào buổi kế tiếp còn chỗ.',
    });
  });

  it('goes to the next day when the windows of this one are full or locked', () => {
    const tomorrow = at('05:30', '2026-08-25');
    const full = [missed, slot('a', at('17:00'), 26)];
    expect(proposeMakeGood(missed, aChannel(), full, at('06:05'))?.start).toBe(tomorrow);
    const late = proposeMakeGood(missed, aChannel(), [missed], at('17:20'), { lockMs: 600_000 });
    expect(late?.start).toBe(tomorrow);
  });

  it('uses a window that opened yesterday and is still open after midnight', () => {
    const night = { id: 'n', channelId: 'channel', weekdays: [1], start: '23:30', minutes: 60 };
    const channel = aChannel({ windows: [night], policy: { permitted: [{ from: '00:00', until: '00:00' }] } });
    const found = proposeMakeGood(missed, channel, [missed], at('00:05', '2026-08-25'));
    expect(found).toMatchObject({ date: '2026-08-24', start: at('00:05', '2026-08-25') });
  });

  it('is none after the last useful day, without room, or when one stands already', () => {
    const until = { until: '2026-08-24' };
    expect(proposeMakeGood(missed, aChannel(), [missed], at('17:28'), until)).toBeNull();
    expect(proposeMakeGood(missed, aChannel(), [missed], at('06:05', '2026-08-26'), until)).toBeNull();
    const long = { ...missed, end: missed.start + 31 * 60_000 };
    expect(proposeMakeGood(long, aChannel(), [long], at('06:05'))).toBeNull();
    const standing = slot('g', at('17:00'), 5, { makeGoodFor: 'm' });
    expect(proposeMakeGood(missed, aChannel(), [missed, standing], at('06:05'))).toBeNull();
    const cancelled = { ...standing, state: 'cancelled' as const };
    expect(proposeMakeGood(missed, aChannel(), [missed, cancelled], at('06:05'))).toMatchObject({
      start: at('17:00'),
      key: 'd|channel|2026-08-24|1|make-good|2',
    });
  });

  it('is refused for a slot that was not missed', () => {
    const played = { ...missed, state: 'played' as const };
    expect(() => proposeMakeGood(played, aChannel(), [], at('06:05'))).toThrow(
      expect.objectContaining({ code: 'not-missed', kind: 'conflict' }),
    );
  });
});
