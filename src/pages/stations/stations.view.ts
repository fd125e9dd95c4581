import type { Instant } from '../../shared/clock.js';
import { showInstant, type TimeZone } from '../../shared/local-time.js';
import { SILENT_AFTER_MINUTES } from '../../stations/silence.service.js';
import type { StationView, Vitals } from '../../stations/stations.service.js';
import { decimal, lengthText, type Tone } from '../words.js';

/** Stations under the name of their channel, in the order in which they come. */
export function stationGroups(stations: readonly StationView[], zone: TimeZone, now: Instant) {
  const groups = new Map<string, { channel: string; code: string; stations: ReturnType<typeof stationRow>[] }>();
  for (const station of stations) {
    const group = groups.get(station.channelCode) ?? {
      channel: station.channelName,
      code: station.channelCode,
      stations: [],
    };
    groups.set(station.channelCode, group);
    group.stations.push(stationRow(station, zone, now));
  }
  return [...groups.values()];
}

function stationRow(station: StationView, zone: TimeZone, now: Instant) {
  const { id, name, tokenHint, active, simulated, lastSeenAt } = station;
  return {
    id,
    name,
    hint: tokenHint,
    active,
    simulated,
    seen: lastSeenAt === null ? 'chưa gọi về lần nào' : showInstant(lastSeenAt, zone),
    ...vitalsText(station.vitals),
    ...health(station, now),
  };
}

/** As the watch over silent stations counts: a new one from its enrolment. */
export function health(
  { active, lastSeenAt, createdAt }: Pick<StationView, 'active' | 'lastSeenAt' | 'createdAt'>,
  now: Instant,
): { state: string; tone: Tone } {
  if (!active) return { state: 'đã thu hồi', tone: 'off' };
  const silent = now - (lastSeenAt ?? createdAt) > SILENT_AFTER_MINUTES * 60_000;
  if (silent) return { state: 'mất liên lạc', tone: 'bad' };
  return lastSeenAt === null ? { state: 'mới cấp mã', tone: '' } : { state: 'đang liên lạc', tone: 'good' };
}

/** An old PC whose clock is wrong plays at the wrong minute; one whose disk is full soon plays nothing. */
const CLOCK_MAY_DIFFER_MS = 30_000;
const LOW_DISK = 500_000_000;

/** What the player said of itself, and what of it somebody should see to. */
export function vitalsText(vitals: Vitals | null): { machine: string; trouble: string } {
  if (!vitals) return { machine: '', trouble: '' };
  const { playerVersion, freeBytes, now, at } = vitals;
  const machine = [`phần mềm ${playerVersion}`];
  const trouble: string[] = [];
  if (freeBytes !== undefined) {
    machine.push(`còn trống ${decimal(freeBytes / 1e9)} GB`);
    if (freeBytes < LOW_DISK) trouble.push('Ổ đĩa sắp đầy.');
  }
  const off = now === undefined ? 0 : now - at;
  if (Math.abs(off) > CLOCK_MAY_DIFFER_MS) {
    trouble.push(`Đồng hồ máy chạy ${off > 0 ? 'sớm' : 'muộn'} ${lengthText(Math.abs(off))}.`);
  }
  return { machine: machine.join(' · '), trouble: trouble.join(' ') };
}
