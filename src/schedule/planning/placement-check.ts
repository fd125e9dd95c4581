import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import { localDateOf } from '../../shared/local-time.js';
import { overlaps, type TimeRange } from '../../shared/time-range.js';
import { isNamed, lawObjection, sessionsAround } from '../../channels/hours/law-check.js';
import { refusalSentences, type RefusalCode } from '../../channels/hours/placement-sentences.js';
import { requireSlotRange } from './plan-input.js';
import { requireChannel, requireMoment } from '../../channels/hours/rules-input.js';
import type { ExistingSlot } from '../slots/existing-slot.js';
import type { PlanChannel } from '../../channels/hours/hours.types.js';
import { isFinal, takesTime } from '../slots/slot.transitions.js';
import { occupied } from './window-packing.js';
import { ZoneCalendar } from '../../channels/hours/zone-calendar.js';

export interface PlacementQuestion {
  channel: PlanChannel;
  /** The range of the slot to check. */
  range: TimeRange;
  /** Slots of this channel, at least those from two days before the range to a week after it. */
  existing: readonly ExistingSlot[];
  now: Instant;
  lockMs: number;
  gapMs?: number;
  /** The slot being moved: it is no obstacle to itself. */
  movingSlotId?: string;
  /** Why something changes so close to air. */
  lockReason?: string;
  /** Name of the approver who orders an emergency; it passes the policy, the windows and the lock, and nothing else. */
  emergencyAuthoriser?: string;
}

export interface Refusal {
  code: RefusalCode;
  sentence: Sentence;
  /** Ids of the slots that overlap the range. */
  meets: string[];
  /** Up to three possible starts for a slot of this length, nearest first. */
  nearestFree: Instant[];
}

export type PlacementAnswer = { ok: true } | { ok: false; reasons: Refusal[] };

/**
 * Checks whether a slot may be placed at the range. Returns all reasons against it together, so that a person can
 * correct them together. An emergency with a named authoriser still reports the slots it meets: the caller decides
 * whether to replace them. Throws `bad-…` for invalid times or rules.
 */
export function checkPlacement(question: PlacementQuestion): PlacementAnswer {
  const { channel, range, now, lockMs, gapMs = 0, movingSlotId } = question;
  requireSlotRange(range);
  requireMoment(now, lockMs, gapMs);
  requireChannel(channel);
  const day = localDateOf(range.start, channel.zone);
  const calendar = new ZoneCalendar(channel.zone, day, day);
  const occupying = question.existing.filter((slot) => takesTime(slot.state) && slot.id !== movingSlotId);
  const emergency = isNamed(question.emergencyAuthoriser);
  const found: Omit<Refusal, 'nearestFree'>[] = [];
  const refuse = (code: RefusalCode, sentence: Sentence, meets: string[] = []) => found.push({ code, sentence, meets });

  const moving = question.existing.find(({ id }) => id === movingSlotId);
  if (moving && isFinal(moving.state)) refuse('frozen', refusalSentences.frozen(), [moving.id]);
  // Moving out of the lock needs a reason, like moving into it.
  const closest = Math.min(range.start, moving?.start ?? Infinity);
  if (range.start < now) refuse('past', refusalSentences.past());
  else if (closest < now + lockMs && !emergency && !isNamed(question.lockReason)) {
    refuse('locked', refusalSentences.locked(lockMs));
  }
  const against = lawObjection(channel, calendar, range, question.emergencyAuthoriser);
  if (against) refuse(against.code, against.sentence);
  const near = { start: range.start - gapMs, end: range.end + gapMs };
  const met = occupying.filter((slot) => overlaps(slot, near)).sort((a, b) => a.start - b.start);
  if (met.length > 0) {
    const times = met.slice(0, 3).map(({ start, end }) => `${calendar.timeOf(start)}–${calendar.timeOf(end)}`);
    const meets = met.map(({ id }) => id);
    refuse('overlap', refusalSentences.overlap(times, met.length - times.length), meets);
  }
  if (found.length === 0) return { ok: true };
  const nearestFree = freeStarts(channel, calendar, range, occupying, now + lockMs, gapMs);
  return { ok: false, reasons: found.map((reason) => ({ ...reason, nearestFree })) };
}

function freeStarts(
  channel: PlanChannel,
  calendar: ZoneCalendar,
  range: TimeRange,
  occupying: readonly ExistingSlot[],
  earliest: Instant,
  gapMs: number,
): Instant[] {
  const length = range.end - range.start;
  const taken = occupied(occupying);
  const starts = new Set<Instant>();
  for (const session of sessionsAround(channel, calendar, range.start)) {
    const open = { start: Math.max(session.start, earliest), end: session.end };
    for (const hole of open.start < open.end ? taken.holes(open, gapMs) : []) {
      const last = hole.end - length;
      if (last >= hole.start) starts.add(Math.min(Math.max(range.start, hole.start), last));
    }
  }
  const away = (start: Instant) => Math.abs(start - range.start);
  return [...starts].sort((a, b) => away(a) - away(b) || a - b).slice(0, 3);
}
