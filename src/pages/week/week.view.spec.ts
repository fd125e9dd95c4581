import fc from 'fast-check';
import { addDays, instantOf, VIETNAM, weekdayOf } from '../../shared/local-time.js';
import type { DayView, WindowView } from '../../schedule/calendar/day-view.js';
import type { SlotState } from '../../schedule/slots/slot.transitions.js';
import { aSlotView } from '../../schedule/slots/slot-view.fake.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';
import { mondayOf, weekView } from './week.view.js';

const DAY = '2026-11-24';
const at = (time: string) => instantOf(DAY, time, VIETNAM);

function slot(id: string, time: string, change: { state?: SlotState; windowId?: string | null } = {}): SlotView {
  return aSlotView({
    id,
    startsAt: at(time),
    endsAt: at(time) + 90_000,
    windowId: 'morning',
    durationMs: 90_000,
    ...change,
  });
}

function window(change: Partial<WindowView> = {}): WindowView {
  return {
    windowId: 'morning',
    name: 'Buổi sáng',
    startsAt: at('05:30'),
    endsAt: at('06:30'),
    start: '05:30',
    end: '06:30',
    filledMinutes: 4.5,
    shortMinutes: 55.5,
    overMinutes: 0,
    state: 'short',
    ...change,
  };
}

const day = (windows: WindowView[], slots: SlotView[]): DayView => ({ date: DAY, weekday: 'Thứ Ba', windows, slots });

describe('a week', () => {
  it('begins on the Monday that any of its days names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (n) => {
        const date = addDays('2001-01-01', n);
        const monday = mondayOf(date);
        expect([weekdayOf(monday), monday <= date, date <= addDays(monday, 6)]).toEqual([1, true, true]);
      }),
    );
  });

  it('says how full a window is', () => {
    const windows = [
      window(),
      window({ filledMinutes: 60, shortMinutes: 0, state: 'filled' }),
      window({ filledMinutes: 60, shortMinutes: 0, overMinutes: 2.5, state: 'over' }),
    ];
    const [shown] = weekView([day(windows, [])], VIETNAM, DAY, at('05:00'), false);
    expect(shown?.windows.map(({ text, rest, tone }) => [text, rest, tone])).toEqual([
      ['4,5/60 phút', 'trống 55,5', ''],
      ['60/60 phút', 'đủ', 'good'],
      ['60/60 phút', 'quá 2,5', 'bad'],
    ]);
  });

  it('loses no slot: what stands in no window of the day comes last', () => {
    const slots = [
      slot('a', '05:30'),
      slot('b', '12:00', { windowId: null }),
      slot('c', '13:00', { windowId: 'closed' }),
    ];
    const [shown] = weekView([day([window()], slots)], VIETNAM, DAY, at('05:00'), false);
    expect(shown?.windows[0]?.slots.map(({ id }) => id)).toEqual(['a']);
    expect(shown?.others.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('only what is planned and not over may be taken out, by whoever may', () => {
    const slots = [slot('past', '05:30'), slot('next', '06:00'), slot('gone', '06:10', { state: 'cancelled' })];
    const may = (mayCancel: boolean) =>
      weekView([day([window()], slots)], VIETNAM, DAY, at('05:45'), mayCancel)[0]
        ?.windows[0]?.slots.filter((one) => one.mayCancel)
        .map(({ id }) => id);
    expect([may(true), may(false)]).toEqual([['next'], []]);
  });
});
