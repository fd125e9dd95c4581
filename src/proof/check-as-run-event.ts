import type { Instant } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import type { AsRunEvent } from './as-run-event.js';
import type { AsRunOutcome } from './evidence.js';

const MINUTE = 60_000;
/** A play belongs to a slot of the same day; a longer distance means a wrong slot or a wrong clock. */
export const FARTHEST_MS = 24 * 60 * MINUTE;
/** Clocks synchronised over the network differ by less. */
const SKEW_NOTED_MS = MINUTE;
/** An event that ends later than this after the centre received it cannot have played at that time. */
const SKEW_REFUSED_MS = 5 * MINUTE;

export interface SlotFacts {
  startsAt: Instant;
  endsAt: Instant;
  /** Hash of the audio that the slot expects. */
  sha256: string | null;
  /** For an opening or closing: hashes of what is or was planned in its place and counts as well. */
  others?: readonly string[];
}

export interface StoredEvent {
  slotId: string | null;
  clipSha256: string | null;
  startedAt: Instant;
  endedAt: Instant;
  outcome: AsRunOutcome;
  detail: string | null;
}

/**
 * The row that the centre stores for an event. `detail` has the station's text on its first line and the centre's notes
 * on the lines after it. Only the exact bytes that were approved for the slot count as played: another file is stored
 * as failed, and so is an event from the future. Throws 422 `bad-times`, `far-from-slot`.
 */
export function checkAsRunEvent(
  event: AsRunEvent,
  slot: SlotFacts,
  now: Instant,
): { outcome: AsRunOutcome; detail: string | null } {
  if (event.endedAt < event.startedAt) {
    throw refusal(event, 'bad-times', {
      vi: `Bản ghi số ${event.sequence}: giờ kết thúc trước giờ bắt đầu.`,
      en: `Event ${event.sequence} ends before it starts.`,
    });
  }
  if (event.startedAt < slot.startsAt - FARTHEST_MS || event.endedAt > slot.endsAt + FARTHEST_MS) {
    throw refusal(event, 'far-from-slot', {
      vi: `Bản ghi số ${event.sequence} lệch hơn 24 giờ so với lượt phát. Hãy kiểm tra đồng hồ của trạm.`,
      en: `Event ${event.sequence} is more than 24 hours away from its slot. Check the station's clock.`,
    });
  }
  const notes: string[] = [];
  let outcome = event.outcome;
  const ahead = event.endedAt - now;
  if (ahead > SKEW_NOTED_MS) notes.push(`đồng hồ trạm nhanh khoảng ${Math.round(ahead / MINUTE)} phút`);
  if (ahead > SKEW_REFUSED_MS) outcome = 'failed';
  if (event.sha256 !== slot.sha256 && !slot.others?.includes(event.sha256)) {
    notes.push('tệp phát không phải bản thu đã duyệt của lượt này');
    outcome = 'failed';
  }
  const detail = [event.detail ?? '', ...notes].join('\n');
  return { outcome, detail: detail === '' ? null : detail };
}

/**
 * True when `event` equals what is stored. The centre's notes, and an outcome that it lowered, depend on when the event
 * first arrived and are not compared.
 */
export function saysTheSame(stored: StoredEvent, event: AsRunEvent): boolean {
  const [said = '', ...notes] = (stored.detail ?? '').split('\n');
  const lowered = notes.length > 0 && stored.outcome === 'failed';
  return (
    stored.slotId === event.slotId &&
    stored.clipSha256 === event.sha256 &&
    stored.startedAt === event.startedAt &&
    stored.endedAt === event.endedAt &&
    said === (event.detail ?? '') &&
    (stored.outcome === event.outcome || lowered)
  );
}

/** The station's text and the centre's notes as one line; empty when there are none. */
export function showDetail(detail: string | null): string {
  return (detail ?? '').split('\n').filter(Boolean).join('; ');
}

/** The error refuses the whole batch and names the event, so that the station can set it aside and send the rest. */
export function refusal(event: AsRunEvent, code: string, sentence: { vi: string; en: string }): DomainError {
  return new DomainError('invalid', code, sentence, { sequence: event.sequence, slotId: event.slotId });
}
