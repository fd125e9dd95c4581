import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import { localDateOf } from '../../shared/local-time.js';
import { contains, overlaps, type TimeRange } from '../../shared/time-range.js';
import { refusalSentences, type RefusalCode } from './placement.sentences.js';
import { requireChannel, requireMoment, requireSlotRange } from './planning.input.js';
import type { ExistingSlot, Occurrence, PlanChannel } from './planning.types.js';
import { permitsWeekday, permittedHours } from './policy.hours.js';
import { isFinal, takesTime } from './slot.transitions.js';
import { channelDays } from './window.occurrences.js';
import { occupied } from './window.packing.js';
import { dateOfDay, weekdayOfDay, ZoneCalendar } from './zone.calendar.js';

export interface PlacementQuestion {
  channel: PlanChannel;
  /** Where the slot is to stand. */
  range: TimeRange;
  /** Slots of this channel, at least those from two days before the range to a week after it. */
  existing: readonly ExistingSlot[];
  now: Instant;
  lockMs: number;
  gapMs?: number;
  /** The slot that is being moved: it does not stand in its own way. */
  movingSlotId?: string;
  /** Why something is changed so close to air. */
  lockReason?: string;
  /** Name of the person who orders an emergency; it passes the policy, the windows and the lock, and nothing else. */
  emergencyAuthoriser?: string;
}

export interface Refusal {
  code: RefusalCode;
  sentence: Sentence;
  /** Ids of the slots that stand there. */
  meets: string[];
  /** Up to three starts at which a slot of this length may stand, nearest first. */
  nearestFree: Instant[];
}

export type PlacementAnswer = { ok: true } | { ok: false; reasons: Refusal[] };

const DAYS_BEFORE = 2;
const DAYS_AFTER = 7;

/**
 * May a slot stand there? All reasons against it at once, so that a person corrects them at once. An emergency with a
 * named authoriser still learns which slots it meets: who replaces them decides that. Throws `bad-…` for input that is no
 * time or no rule.
 */
export function checkPlacement(question: PlacementQuestion): PlacementAnswer {
  const { channel, range, now, lockMs, gapMs = 0, movingSlotId } = question;
  requireSlotRange(range);
  requireMoment(now, lockMs, gapMs);
  requireChannel(channel);
  const day = localDateOf(range.start, channel.zone);
  const calendar = new ZoneCalendar(channel.zone, day, day);
  const standing = question.existing.filter((slot) => takesTime(slot.state) && slot.id !== movingSlotId);
  const emergency = isNamed(question.emergencyAuthoriser);
  const found: Omit<Refusal, 'nearestFree'>[] = [];
  const refuse = (code: RefusalCode, sentence: Sentence, meets: string[] = []) => found.push({ code, sentence, meets });

  const moving = question.existing.find(({ id }) => id === movingSlotId);
  if (moving && isFinal(moving.state)) refuse('frozen', refusalSentences.frozen(), [moving.id]);
  // Leaving the lock needs a reason like entering it.
  const closest = Math.min(range.start, moving?.start ?? Infinity);
  if (range.start < now) refuse('past', refusalSentences.past());
  else if (closest < now + lockMs && !emergency && !isNamed(question.lockReason)) {
    refuse('locked', refusalSentences.locked(lockMs));
  }
  if (!emergency) {
    const against = policyObjection(channel, calendar, range);
    if (against) refuse(against.code, against.sentence);
  }
  const near = { start: range.start - gapMs, end: range.end + gapMs };
  const met = standing.filter((slot) => overlaps(slot, near)).sort((a, b) => a.start - b.start);
  if (met.length > 0) {
    const times = met.slice(0, 3).map(({ start, end }) => `${calendar.timeOf(start)}–${calendar.timeOf(end)}`);
    const meets = met.map(({ id }) => id);
    refuse('overlap', refusalSentences.overlap(times, met.length - times.length), meets);
  }
  if (found.length === 0) return { ok: true };
  const nearestFree = freeStarts(channel, calendar, range, standing, now + lockMs, gapMs);
  return { ok: false, reasons: found.map((reason) => ({ ...reason, nearestFree })) };
}

function isNamed(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}

function sessionsAround(channel: PlanChannel, calendar: ZoneCalendar, at: Instant): Occurrence[] {
  const day = calendar.dayOf(at);
  const days = channelDays(channel, calendar, dateOfDay(day - DAYS_BEFORE), dateOfDay(day + DAYS_AFTER));
  return days.flatMap(({ sessions }) => sessions);
}

/** The first rule in the way, from the strictest to the plainest; found by asking again with that rule lifted. */
function policyObjection(channel: PlanChannel, calendar: ZoneCalendar, range: TimeRange) {
  const { policy } = channel;
  const refused = (code: RefusalCode, sentence: Sentence) => ({ code, sentence });
  if (!permittedHours(policy, calendar).covers(range)) {
    return refused('outside-permitted-hours', refusalSentences['outside-permitted-hours'](policy));
  }
  const windowUnder = (lifted: Partial<PlanChannel['policy']>) =>
    sessionsAround({ ...channel, policy: { ...policy, ...lifted } }, calendar, range.start).find((session) =>
      contains(session, range),
    );
  if (windowUnder({})) return undefined;
  const { sessionsPerDay, minutesPerSession } = policy;
  if (minutesPerSession !== undefined && windowUnder({ minutesPerSession: undefined })) {
    return refused('session-too-long', refusalSentences['session-too-long'](minutesPerSession));
  }
  if (sessionsPerDay !== undefined && windowUnder({ sessionsPerDay: undefined })) {
    return refused('too-many-sessions', refusalSentences['too-many-sessions'](sessionsPerDay));
  }
  const anyDay = windowUnder({ weekdays: undefined, sessionsPerDay: undefined, minutesPerSession: undefined });
  if (!anyDay) return refused('outside-window', refusalSentences['outside-window']());
  const weekday = weekdayOfDay(calendar.dayOf(anyDay.start));
  if (!permitsWeekday(policy, weekday)) {
    return refused('outside-permitted-weekdays', refusalSentences['outside-permitted-weekdays'](weekday));
  }
  // The window is found only with both limits lifted: it is beyond the day's sessions, and beyond its minutes as well.
  return refused('too-many-sessions', refusalSentences['too-many-sessions'](sessionsPerDay ?? 0));
}

function freeStarts(
  channel: PlanChannel,
  calendar: ZoneCalendar,
  range: TimeRange,
  standing: readonly ExistingSlot[],
  earliest: Instant,
  gapMs: number,
): Instant[] {
  const length = range.end - range.start;
  const taken = occupied(standing);
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
