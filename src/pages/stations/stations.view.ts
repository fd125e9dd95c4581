import type { Instant } from '../../shared/clock.js';
import { showInstant, type TimeZone } from '../../shared/local-time.js';
import { SILENT_AFTER_MINUTES } from '../../stations/silence.service.js';
import type { StationView } from '../../stations/stations.service.js';
import type { Tone } from '../words.js';

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
