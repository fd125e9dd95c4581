import { VIETNAM } from '../../shared/local-time.js';
import { SILENT_AFTER_MINUTES } from '../../stations/silence.service.js';
import type { StationView } from '../../stations/stations.service.js';
import { health, stationGroups, vitalsText } from './stations.view.js';

const NOW = Date.UTC(2026, 10, 24, 1, 0);
const LIMIT = SILENT_AFTER_MINUTES * 60_000;

const station = (id: string, channel: string, change: Partial<StationView> = {}): StationView => ({
  id,
  channelCode: channel,
  channelName: `Kênh ${channel}`,
  name: `Trạm ${id}`,
  tokenHint: 'abcd',
  simulated: false,
  active: true,
  createdAt: NOW - 86_400_000,
  lastSeenAt: NOW,
  lastSequence: 0,
  vitals: null,
  ...change,
});

describe('how a station is', () => {
  it.each([
    ['heard a moment ago', { lastSeenAt: NOW - LIMIT }, 'đang liên lạc'],
    ['silent for longer than players call', { lastSeenAt: NOW - LIMIT - 1 }, 'mất liên lạc'],
    ['new, not yet heard', { lastSeenAt: null, createdAt: NOW }, 'mới cấp mã'],
    ['never heard of', { lastSeenAt: null }, 'mất liên lạc'],
    ['revoked', { active: false }, 'đã thu hồi'],
  ])('%s', (_what, change, state) => {
    expect(health(station('a', 'x', change), NOW).state).toBe(state);
  });

  it('stands with the others of its channel', () => {
    const groups = stationGroups(
      [station('1', 'x'), station('2', 'y', { lastSeenAt: null }), station('3', 'x')],
      VIETNAM,
      NOW,
    );
    expect(groups.map(({ channel, stations }) => [channel, stations.map(({ name }) => name)])).toEqual([
      ['Kênh x', ['Trạm 1', 'Trạm 3']],
      ['Kênh y', ['Trạm 2']],
    ]);
    expect(groups.map(({ stations }) => stations[0]?.seen)).toEqual(['Thứ Ba 24/11, 08:00', 'chưa gọi về lần nào']);
  });

  it('says of itself what somebody should see to', () => {
    const well = { playerVersion: '1.0', freeBytes: 3.2e9, now: NOW + 2_000, at: NOW };
    expect(vitalsText(well)).toEqual({ machine: 'phần mềm 1.0 · còn trống 3,2 GB', trouble: '' });
    expect(vitalsText({ ...well, freeBytes: 4e8, now: NOW - 125_000 }).trouble).toBe(
      'Ổ đĩa sắp đầy. Đồng hồ máy chạy muộn 2 phút 5 giây.',
    );
    expect(vitalsText({ playerVersion: '1.0', at: NOW })).toEqual({ machine: 'phần mềm 1.0', trouble: '' });
    expect(vitalsText(null)).toEqual({ machine: '', trouble: '' });
  });
});
