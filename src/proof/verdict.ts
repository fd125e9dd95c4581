import type { Instant } from '../shared/clock.js';
import { showInstant, type TimeZone } from '../shared/local-time.js';
import { GRACE_AFTER_FAILURE_MS, GRACE_OF_SILENCE_MS, TIME_TO_REPORT_MS } from '../schedule/slots/slot-status.js';
import type { AsRunOutcome, EvidenceGrade } from './evidence.js';
import { showDetail } from './check-as-run-event.js';

export interface Evidence {
  /** Null for an operator's confirmation. */
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
  /** In the order of arrival. */
  evidence: readonly Evidence[];
  /** Active stations of the channel. */
  stations: readonly StationFacts[];
}

export type Verdict =
  /** It is not over, or has just ended; `until`: when it has an outcome at the latest. */
  { state: 'waiting'; until: Instant; note: string; awaitsDevice: boolean } | SlotOutcome;

export interface SlotOutcome {
  state: 'played' | 'missed';
  /** The evidence for it. */
  reason: string;
  /** Until when better evidence may still correct it; null when it is final. */
  until: Instant | null;
  /** What it waits for; '' for nothing. */
  note: string;
  /** There is no evidence yet, and a device log is expected. */
  awaitsDevice: boolean;
  /** Missed for now, only because there is no evidence that it played; a log may arrive within the day. */
  noWord: boolean;
}

/**
 * The outcome of a slot by all its evidence. More evidence may give another outcome: a slot is corrected until `until`, then
 * the outcome is final. The first rule that applies decides:
 *
 * | evidence | state | final |
 * |---|---|---|
 * | a device logged the approved clip | played | at once, whenever it arrives |
 * | no device on the channel, the operator confirmed | as he says | at once |
 * | the slot is not over, or a connected device still has time to report (20 s) | waiting | |
 * | every device says that it did not play | missed | 30 minutes after the end |
 * | a device is silent, the operator confirmed | as he says | 24 hours after the end |
 * | a device is silent, another failed | missed, with its text | 24 hours after the end |
 * | none | missed, "Chưa có tin …" | 24 hours after the end, with what is known of the silence |
 *
 * A day, because stations store and forward. A device log outweighs a confirmation, whichever came first.
 */
export function verdict(slot: Case, now: Instant): Verdict {
  const logs = slot.evidence.filter((one) => one.stationId !== null);
  const confirmation = slot.evidence.filter((one) => one.stationId === null).at(-1);
  if (logs.some((one) => one.outcome === 'played')) return finalOutcome({ state: 'played', reason: 'Nhật ký máy' });
  if (slot.stations.length === 0 && logs.length === 0 && confirmation)
    return finalOutcome(byConfirmation(confirmation));
  const failure = logs.at(-1);
  const silent = slot.stations.filter((station) => !logs.some((one) => one.stationId === station.id));
  const reportedBy = slot.endsAt + TIME_TO_REPORT_MS;
  const waiting = {
    note: waitingFor(slot, now, confirmation, failure),
    awaitsDevice: awaitsDevice(slot, now, confirmation, failure),
  };
  if (now < reportedBy) return { state: 'waiting', until: reportedBy, ...waiting };
  if (failure && silent.length === 0) {
    const missed = { state: 'missed' as const, reason: notPlayed(failure) };
    const note = `${missed.reason}; chờ xem có phát lại không`;
    return open(missed, slot.endsAt + GRACE_AFTER_FAILURE_MS, now, { note, awaitsDevice: false, noWord: false });
  }
  const until = slot.endsAt + GRACE_OF_SILENCE_MS;
  const known = confirmation
    ? byConfirmation(confirmation)
    : { state: 'missed' as const, reason: missedReason(slot, now, until, silent, failure) };
  return open(known, until, now, { ...waiting, noWord: known.state === 'missed' });
}

type Known = Pick<SlotOutcome, 'state' | 'reason'>;

function finalOutcome(known: Known): SlotOutcome {
  return { ...known, until: null, note: '', awaitsDevice: false, noWord: false };
}

type Meanwhile = Pick<SlotOutcome, 'note' | 'awaitsDevice' | 'noWord'>;

function open(known: Known, until: Instant, now: Instant, { note, ...waiting }: Meanwhile): SlotOutcome {
  if (now >= until) return finalOutcome(known);
  const counted = known.state === 'played' ? 'đã phát' : 'không phát';
  return { ...known, until, note: `${note}; tạm tính là ${counted}`, ...waiting };
}

/** Why a slot without any evidence counts as missed; after a day the reason says what is known of the silence. */
function missedReason(
  slot: Case,
  now: Instant,
  until: Instant,
  silent: readonly StationFacts[],
  failure?: Evidence,
): string {
  if (failure) return notPlayed(failure);
  if (now >= until) return silence(slot, silent);
  return slot.stations.length === 0 ? 'Chưa có tin của trực đài' : 'Chưa có tin của trạm';
}

function byConfirmation(confirmation: Evidence): Known {
  if (confirmation.outcome === 'played') return { state: 'played', reason: 'Trực đài xác nhận' };
  return { state: 'missed', reason: `Trực đài báo không phát: ${showDetail(confirmation.detail)}` };
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

function waitingFor(slot: Case, now: Instant, confirmation?: Evidence, failure?: Evidence): string {
  if (now < slot.startsAt) return 'Chưa đến giờ';
  if (now < slot.endsAt) return 'Đến giờ phát';
  if (confirmation)
    return `Trực đài báo ${confirmation.outcome === 'played' ? 'đã phát' : 'không phát'}; chờ nhật ký máy`;
  if (failure) return `${notPlayed(failure)}; chờ nhật ký của trạm khác`;
  return awaitsDevice(slot, now) ? 'Chờ nhật ký máy' : 'Chờ trực đài xác nhận';
}

function awaitsDevice({ endsAt, stations }: Case, now: Instant, confirmation?: Evidence, failure?: Evidence): boolean {
  return now >= endsAt && !confirmation && !failure && stations.length > 0;
}
