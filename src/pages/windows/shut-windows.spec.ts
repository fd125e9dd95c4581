import { VIETNAM } from '../../shared/local-time.js';
import type { PlanChannel, HoursPolicy, WindowRule } from '../../channels/hours/hours.types.js';
import { shutByLaw } from './shut-windows.js';

const window = (id: string, start: string): WindowRule => {
  return { id, channelId: 'c', weekdays: [1, 2, 3, 4, 5, 6, 7], start, minutes: 30 };
};
const names = new Map([
  ['a', 'Buổi sáng'],
  ['b', 'Buổi trưa'],
  ['c', 'Buổi chiều'],
]);
const channel = (policy: HoursPolicy): PlanChannel => {
  const windows = [window('a', '05:30'), window('b', '11:00'), window('c', '17:00')];
  return { id: 'c', zone: VIETNAM, policy, windows, overrides: [] };
};
const hours = { permitted: [{ from: '05:00', until: '21:00' }] };
const shut = (policy: HoursPolicy) => shutByLaw(channel(policy), names, '2026-11-23', '2026-12-06');

describe('windows that the law keeps shut', () => {
  it('the third session of a day where two are allowed', () => {
    expect(shut({ ...hours, sessionsPerDay: 2 })).toEqual([{ name: 'Buổi chiều', shut: '14', days: '14' }]);
  });

  it('weekdays and hours that are not permitted', () => {
    expect(shut({ ...hours, weekdays: [1, 2, 3, 4, 5] })[0]).toEqual({ name: 'Buổi sáng', shut: '4', days: '14' });
    expect(shut({ permitted: [{ from: '10:00', until: '21:00' }] }).map(({ name }) => name)).toEqual(['Buổi sáng']);
  });

  it('none where all have room', () => {
    expect(shut(hours)).toEqual([]);
  });
});
