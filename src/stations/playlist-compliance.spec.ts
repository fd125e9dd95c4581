import { instantOf, VIETNAM } from '../shared/local-time.js';
import type { PlaylistDocument } from '../playlists/formats/playlist-document.js';
import type { PlanChannel } from '../channels/hours/hours.types.js';
import { forbiddenItems } from './playlist-compliance.js';

const date = '2026-11-25';
const item = (time: string, authorisedBy?: string) => {
  const start = instantOf(date, time, VIETNAM);
  const [startsAt, endsAt] = [start, start + 60_000].map((at) => new Date(at).toISOString()) as [string, string];
  return { slotId: time, startsAt, endsAt, ...(authorisedBy && { authorisedBy }) };
};
const rules: PlanChannel = {
  id: 'c',
  zone: VIETNAM,
  policy: { permitted: [{ from: '05:00', until: '21:00' }], sessionsPerDay: 1 },
  windows: [
    { id: 'a', channelId: 'c', weekdays: [3], start: '05:30', minutes: 60 },
    { id: 'b', channelId: 'c', weekdays: [3], start: '17:00', minutes: 60 },
  ],
  overrides: [],
};

describe('what is about to leave for a station', () => {
  it('holds nothing that the law forbids, except an emergency that somebody answers for', () => {
    const items = [item('03:15'), item('03:20', 'Trần Thị B'), item('05:30'), item('17:00'), item('20:59')];
    const document = { items } as unknown as PlaylistDocument;
    expect(forbiddenItems(document, rules, date).sort()).toEqual(['03:15', '17:00', '20:59']);
    const free = { ...rules, policy: { permitted: rules.policy.permitted } };
    expect(forbiddenItems(document, free, date)).toEqual(['03:15']);
    const later = { ...free.policy, later: [{ from: date, policy: { permitted: [] } }] };
    expect(forbiddenItems(document, { ...rules, policy: later }, date)).toHaveLength(4);
  });
});
