import type { Instant } from '../shared/clock.js';
import { showInstant, type TimeZone } from '../shared/local-time.js';
import { showDetail } from './judge-event.js';
import type { AsRunOutcome, EvidenceGrade } from './evidence.js';

const MINUTE = 60_000;
/** After every station has said no: time for one of them to say something better, or to start again. */
export const GRACE_AFTER_FAILURE_MS = 30 * MINUTE;
/** Without a word: stations store and forward, and a cut line is often mended the next day. */
export const GRACE_OF_SILENCE_MS = 24 * 60 * MINUTE;

export interface Evidence {
  /** Null for what a person ticked. */
  stationId: string | null;
  outcome: AsRunOutcome;
  grade: EvidenceGrade;
  detail: string | null;
}

export interface StationFacts {
  id: string;
  name: string;
  lastSeenAt: Instant | null;
}

export interface Case {
  startsAt: Instant;
  endsAt: Instant;
  zone: TimeZone;
  /** In the order in which it came. */
  evidence: readonly Evidence[];
  /** Active stations of the channel. */
  stations: readonly StationFacts[];
}

export type Verdict =
  | { state: 'played' | 'missed'; reason: string }
  /** `until`: when it is decided at the latest. */
  | { state: 'waiting'; until: Instant; note: string };

/**
 * What became of a slot. A slot is decided once, so the decision waits for as long as better evidence may still come:
 *
 * 1. a device log that says played decides at once;
 * 2. on a channel without a device the operator's word decides at once;
 * 3. when every device has said that it did not play, half an hour after the end;
 * 4. otherwise a day after the end, by the operator's last word, by what the devices said, or by their silence.
 *
 * A device log outweighs a tick, whichever came first.
 */
export function verdict(slot: Case, now: Instant): Verdict {
  const logs = slot.evidence.filter((one) => one.stationId !== null);
  const tick = slot.evidence.filter((one) => one.stationId === null).at(-1);
  if (logs.some((one) => one.outcome === 'played')) return { state: 'played', reason: 'Nhật ký máy' };
  if (slot.stations.length === 0 && logs.length === 0 && tick) return byTick(tick);
  const failure = logs.at(-1);
  const silent = slot.stations.filter((station) => !logs.some((one) => one.stationId === station.id));
  if (failure && silent.length === 0) {
    const until = slot.endsAt + GRACE_AFTER_FAILURE_MS;
    if (now >= until) return { state: 'missed', reason: notPlayed(failure) };
    return { state: 'waiting', until, note: `${notPlayed(failure)}; chờ xem có phát lại không` };
  }
  const until = slot.endsAt + GRACE_OF_SILENCE_MS;
  if (now < until) return { state: 'waiting', until, note: waitingFor(slot, now, tick, failure) };
  if (tick) return byTick(tick);
  return { state: 'missed', reason: failure ? notPlayed(failure) : silence(slot, silent) };
}

function byTick(tick: Evidence): Verdict {
  if (tick.outcome === 'played') return { state: 'played', reason: 'Trực đài xác nhận' };
  return { state: 'missed', reason: `Trực đài báo không phát: ${showDetail(tick.detail)}` };
}

function notPlayed(log: Evidence): string {
  const what = log.outcome === 'partial' ? 'Phát dở dang' : 'Trạm không phát được';
  const detail = showDetail(log.detail);
  return detail ? `${what}: ${detail}` : what;
}

function silence(slot: Case, silent: readonly StationFacts[]): string {
  if (slot.stations.length === 0) return 'Kênh chưa có trạm và trực đài chưa xác nhận';
  const seen = silent.map((station) => station.lastSeenAt ?? 0).reduce((a, b) => Math.max(a, b), 0);
  if (seen === 0) return 'Trạm chưa liên lạc lần nào';
  if (seen < slot.endsAt) return `Trạm mất liên lạc từ ${showInstant(seen, slot.zone)}`;
  return 'Trạm không báo đã phát';
}

function waitingFor(slot: Case, now: Instant, tick?: Evidence, failure?: Evidence): string {
  if (now < slot.startsAt) return 'Chưa đến giờ';
  if (now < slot.endsAt) return 'Đang đến lượt';
  if (tick) return `Trực đài báo ${tick.outcome === 'played' ? 'đã phát' : 'không phát'}; chờ nhật ký máy`;
  if (failure) return `${notPlayed(failure)}; chờ nhật ký của trạm khác`;
  return slot.stations.length === 0 ? 'Chờ trực đài xác nhận' : 'Chờ nhật ký máy';
}
