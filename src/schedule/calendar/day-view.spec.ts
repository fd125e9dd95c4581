import { instantOf, VIETNAM } from '../../shared/local-time.js';
import { dayView } from './day-view.js';
import type { SlotState } from '../slots/slot.transitions.js';
import type { SlotView } from '../slots/slot-view.js';

const date = '2026-11-24';
const at = (time: string, day = date) => instantOf(day, time, VIETNAM);
const rules = { id: 'c', zone: VIETNAM, policy: { permitted: [] }, windows: [], overrides: [] };
const windowNames = new Map([['w', 'Buổi sáng']]);
const session = { windowId: 'w', channelId: 'c', date, start: at('05:30'), end: at('05:40') };

function slot(time: string, seconds: number, state: SlotState = 'planned', day = date): SlotView {
  return { id: time, date: day, startsAt: at(time), endsAt: at(time) + seconds * 1000, state } as SlotView;
}

describe('the view of a day', () => {
  it.each([
    ['empty', [], 0, 10, 0, 'short'],
    ['half', [slot('05:30', 300)], 5, 5, 0, 'short'],
    ['within a minute of full', [slot('05:30', 541)], 9, 1, 0, 'filled'],
    ['a last item that runs long', [slot('05:30', 300), slot('05:35', 330)], 10, 0, 0.5, 'over'],
    ['cancelled ones take no time', [slot('05:30', 300, 'cancelled'), slot('05:35', 60, 'missed')], 1, 9, 0, 'short'],
  ] as const)('%s', (_, slots, filledMinutes, shortMinutes, overMinutes, state) => {
    const view = dayView({ rules, windowNames }, date, [session], slots);
    expect(view).toMatchObject({
      date,
      weekday: 'Thứ Ba',
      windows: [{ name: 'Buổi sáng', start: '05:30', end: '05:40', filledMinutes, shortMinutes, overMinutes, state }],
    });
    expect(view.slots).toHaveLength(slots.length);
  });

  it('leaves other days to themselves', () => {
    const tomorrow = {
      ...session,
      date: '2026-11-25',
      start: session.start + 86_400_000,
      end: session.end + 86_400_000,
    };
    const slots = [slot('05:30', 60), slot('05:31', 60, 'planned', '2026-11-25')];
    const view = dayView({ rules, windowNames }, date, [session, tomorrow], slots);
    expect([view.windows.length, view.slots.map(({ id }) => id)]).toEqual([1, ['05:30']]);
  });
});
