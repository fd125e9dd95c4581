import { VIETNAM } from '../../shared/local-time.js';
import { SILENT_AFTER_MINUTES } from '../../stations/silence.service.js';
import type { StationView } from '../../stations/stations.service.js';
import { contactState, stationCounts, stationRows, vitalsText } from './stations.view.js';

const NOW = Date.UTC(2026, 10, 24, 1, 0);
const LIMIT = SILENT_AFTER_MINUTES * 60_000;

const station = (id: string, channel: string, change: Partial<StationView> = {}): StationView => ({
  id,
  channelCode: channel,
  channelName: `Kênh ${channel}`,
  channelState: 'open',
  zone: VIETNAM,
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
    expect(contactState(station('a', 'x', change), NOW).state).toBe(state);
  });

  it('keeps its place in the list, with its channel and the moment it was heard in that channel’s zone', () => {
    const rows = stationRows([station('1', 'x'), station('2', 'y', { lastSeenAt: null })], NOW);
    expect(rows.map(({ name, channel, seen }) => [name, channel, seen])).toEqual([
      ['Trạm 1', 'Kênh x', 'Thứ Ba 24/11, 08:00'],
      ['Trạm 2', 'Kênh y', 'chưa gọi về lần nào'],
    ]);
    expect(stationRows([station('1', 'x', { zone: 'UTC' })], NOW)[0]?.seen).toBe('Thứ Ba 24/11, 01:00');
  });

  it('is found without tone marks, by its name, its channel and how it is', () => {
    const all = [
      station('1', 'x', { name: 'Nhà văn hóa tổ 3' }),
      station('2', 'Đại Nài'),
      station('3', 'x', { active: false }),
    ];
    const found = (search: string) => stationRows(all, NOW, search).map(({ id }) => id);
    expect([found('nha van hoa'), found('dai nai'), found('thu hoi'), found('')]).toEqual([
      ['1'],
      ['2'],
      ['3'],
      ['1', '2', '3'],
    ]);
  });

  it('is counted with the others that are as it is', () => {
    const all = [station('1', 'x'), station('2', 'x', { lastSeenAt: null }), station('3', 'x')];
    expect(stationCounts(all, NOW)).toBe('3 trạm: 2 đang liên lạc, 1 mất liên lạc');
    expect(stationCounts([], NOW)).toBe('');
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
