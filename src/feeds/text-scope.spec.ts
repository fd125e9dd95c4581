import { instantOf, VIETNAM } from '../shared/local-time.js';
import { onWebsiteSince } from './text-scope.js';

const at = (date: string, time = '08:00') => instantOf(date, time, VIETNAM);
const scope = { channelIds: null, from: '2026-11-26', until: '2026-11-28', bulletinClass: 'normal' as const };
const since = (heard: string, now: string, more: object = {}, websites = ['trang-a']) =>
  onWebsiteSince(at(heard), { ...scope, ...more }, websites, at(now, '09:00'), VIETNAM);

describe('a text on a website keeps inside its approval', () => {
  it('from the first approved day on, however early it was heard', () => {
    expect([since('2026-11-25', '2026-11-25'), since('2026-11-25', '2026-11-26')]).toEqual([
      null,
      at('2026-11-26', '00:00'),
    ]);
  });
  it('never for the first time after the last day; what is out stays', () => {
    expect([since('2026-11-29', '2026-11-30'), since('2026-11-28', '2026-12-05')]).toEqual([null, at('2026-11-28')]);
  });
  it('on the websites that were approved only', () => {
    expect(since('2026-11-26', '2026-11-26', { channelIds: ['trang-b'] })).toBeNull();
    expect(since('2026-11-26', '2026-11-26', { channelIds: ['trang-b'] }, ['trang-a', 'trang-b'])).toBe(
      at('2026-11-26'),
    );
    expect(since('2026-11-26', '2026-11-26', { channelIds: ['trang-b'] }, [])).toBeNull();
  });
  it('an approval that says no scope holds for all', () =>
    expect(onWebsiteSince(5, null, [], at('2026-11-26'), VIETNAM)).toBe(5));
});
