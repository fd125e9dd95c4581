import type { Instant } from '../../shared/clock.js';
import { SILENT_AFTER_MINUTES } from '../../stations/silence.service.js';
import type { StationView, Vitals } from '../../stations/stations.service.js';
import { moment, translate } from '../language/language.js';
import { finder } from '../../shared/fold.js';
import { decimal, lengthText, type Tone } from '../language/words.js';

/**
 * A row for every station that matches the search, in the given order; the search also matches states, "mat lien lac".
 */
export function stationRows(stations: readonly StationView[], now: Instant, search = '') {
  const fits = finder(search);
  return stations
    .map((station) => stationRow(station, now))
    .filter(({ name, channel, state, hint }) => fits(name, channel, state, hint));
}

function stationRow(station: StationView, now: Instant) {
  const { id, name, channelName, channelCode, channelState, zone, tokenHint, active, simulated, lastSeenAt } = station;
  return {
    id,
    name,
    channel: channelName,
    code: channelCode,
    hint: tokenHint,
    paused: channelState === 'paused',
    active,
    simulated,
    seen: lastSeenAt === null ? translate('chưa gọi về lần nào') : moment(lastSeenAt, zone),
    ...vitalsText(station.vitals),
    ...contactState(station, now),
  };
}

/** '3 trạm: 1 đang liên lạc, 2 mất liên lạc'; '' when there are none. */
export function stationCounts(stations: readonly StationView[], now: Instant): string {
  const counts = new Map<string, number>();
  for (const station of stations) {
    const { state } = contactState(station, now);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const parts = [...counts].map(([state, n]) => `${n} ${state}`).join(', ');
  return parts && translate('{n} trạm: {parts}', { n: stations.length, parts });
}

/** The same rule as the job that watches for silent stations: a new station counts from its enrolment. */
export function contactState(
  {
    active,
    channelState,
    lastSeenAt,
    createdAt,
  }: Pick<StationView, 'active' | 'channelState' | 'lastSeenAt' | 'createdAt'>,
  now: Instant,
): { state: string; tone: Tone } {
  if (!active) return { state: translate('đã thu hồi'), tone: 'off' };
  if (channelState === 'retired') return { state: translate('kênh đã ngừng'), tone: 'off' };
  const silent = now - (lastSeenAt ?? createdAt) > SILENT_AFTER_MINUTES * 60_000;
  if (silent) return { state: translate('mất liên lạc'), tone: 'bad' };
  return lastSeenAt === null
    ? { state: translate('mới cấp mã'), tone: '' }
    : { state: translate('đang liên lạc'), tone: 'good' };
}

/** A PC with a wrong clock plays at the wrong minute; a PC with a full disk soon plays nothing. */
const CLOCK_MAY_DIFFER_MS = 30_000;
const LOW_DISK = 500_000_000;

/** The player's reported vitals, and the problems that need attention. */
export function vitalsText(vitals: Vitals | null): { machine: string; trouble: string } {
  if (!vitals) return { machine: '', trouble: '' };
  const { playerVersion, freeBytes, now, at } = vitals;
  const machine = [translate('phần mềm {version}', { version: playerVersion })];
  const trouble: string[] = [];
  if (freeBytes !== undefined) {
    machine.push(translate('còn trống {n} GB', { n: decimal(freeBytes / 1e9) }));
    if (freeBytes < LOW_DISK) trouble.push(translate('Ổ đĩa sắp đầy.'));
  }
  const off = now === undefined ? 0 : now - at;
  if (Math.abs(off) > CLOCK_MAY_DIFFER_MS) {
    const by = lengthText(Math.abs(off));
    trouble.push(
      off > 0 ? translate('Đồng hồ máy chạy sớm {by}.', { by }) : translate('Đồng hồ máy chạy muộn {by}.', { by }),
    );
  }
  return { machine: machine.join(' · '), trouble: trouble.join(' ') };
}
