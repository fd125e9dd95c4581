import type { ChannelWindow } from '../../channels/entities/channel-window.entity.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { windowBody } from '../../channels/rules.dto.js';
import { parseForm } from '../forms/parse-form.js';
import {
  channelRows,
  parseDayForm,
  emptyWindow,
  weekdayText,
  windowForm,
  parseWindowForm,
  windowRows,
} from './windows.view.js';

const window: ChannelWindow = {
  id: 'w',
  channelId: 'c',
  name: 'Bản tin sáng',
  weekdays: [1, 3],
  start: '05:30',
  minutes: 60,
  from: null,
  until: '2026-12-31',
  rrule: null,
  seasonFrom: '09-01',
  seasonUntil: '01-15',
  holidays: 'skip',
  active: true,
};

describe('windows on the screen', () => {
  it('say in words when they open', () => {
    expect(windowRows([window])[0]).toMatchObject({
      days: 'T2, T4',
      season: '01/09 – 15/01',
      until: '31/12/2026',
      holidays: 'nghỉ vào ngày nghỉ lễ',
    });
    expect(weekdayText([1, 2, 3, 4, 5, 6, 7])).toBe('hằng ngày');
  });

  it('a form that nobody touched says the same window again', () => {
    const { id: _id, channelId: _c, active: _a, seasonFrom: from, seasonUntil: until, ...same } = window;
    const { rrule: _r, from: _f, ...plain } = same;
    expect(parseForm(windowBody, parseWindowForm(windowForm(window)))).toEqual({ ...plain, season: { from, until } });
    const ruled = windowForm({ ...window, rrule: 'FREQ=MONTHLY;BYMONTHDAY=1' });
    expect(parseForm(windowBody, parseWindowForm(ruled)).weekdays).toBeUndefined();
  });

  it('what is wrong is said of its field', () => {
    const wrong = { ...emptyWindow, name: 'A', start: '5h', minutes: '10', weekdays: [1] };
    expect(() => parseForm(windowBody, parseWindowForm(wrong))).toThrow(
      expect.objectContaining({ details: { field: 'start' } }),
    );
    const never = { ...wrong, start: '05:30', weekdays: [] };
    expect(() => parseForm(windowBody, parseWindowForm(never))).toThrow(
      expect.objectContaining({ details: { field: 'weekdays' } }),
    );
  });

  it('a day takes what its kind takes', () => {
    const form = { date: '2026-11-25', start: '06:00', minutes: '', title: 'Tết', reason: 'Mất điện' };
    expect(parseDayForm({ ...form, kind: 'skip' })).toEqual({ kind: 'skip', reason: 'Mất điện' });
    expect(parseDayForm({ ...form, kind: 'move' })).toEqual({ kind: 'move', start: '06:00', reason: 'Mất điện' });
    expect(parseDayForm({ ...form, kind: 'special' })).toMatchObject({ title: 'Tết' });
  });

  it('channels are found without tone marks', () => {
    const channels = [{ id: 'c', code: 'bac-ha', name: 'Phường Bắc Hà' } as Channel];
    expect(channelRows(channels, [window], 'bac ha')).toEqual([
      { code: 'bac-ha', name: 'Phường Bắc Hà', windows: '05:30, 60 phút' },
    ]);
    expect(channelRows(channels, [window], 'nam')).toEqual([]);
  });
});
