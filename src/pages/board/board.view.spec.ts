import { openHours } from './board.view.js';

const event = (start: string, end: string) => ({ start, end }) as never;
const DAY = '2026-11-25';

describe('the hours of a board', () => {
  it('are whole, and joined where what opens touches', () => {
    const open = [
      event(`${DAY}T17:00:00`, `${DAY}T18:00:00`),
      event(`${DAY}T05:30:00`, `${DAY}T06:30:00`),
      event(`${DAY}T06:40:00`, `${DAY}T07:10:00`),
    ];
    expect(openHours({ date: DAY, open }).map(({ label }) => label)).toEqual(['05:00–08:00', '17:00–18:00']);
  });

  it('end with the day, also for what runs over midnight', () => {
    const open = [event(`${DAY}T23:30:00`, '2026-11-26T00:30:00')];
    expect(openHours({ date: DAY, open })).toEqual([{ from: '23:00', until: '24:00', label: '23:00–24:00' }]);
  });

  it('are none on a silent day', () => expect(openHours({ date: DAY, open: [] })).toEqual([]));
});
