import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import { contains, type TimeRange } from '../../shared/time-range.js';
import { closureOver } from './closures.js';
import { refusalSentences, type RefusalCode } from './placement-sentences.js';
import type { PlanChannel, Occurrence, HoursPolicy } from './hours.types.js';
import { lifted, permitsDay, permittedHours, policyOn } from './policy-hours.js';
import { channelDays } from './window-occurrences.js';
import { dateOfDay, weekdayOfDay, ZoneCalendar } from './zone-calendar.js';

const DAYS_BEFORE = 2;
const DAYS_AFTER = 7;

/** A rule that forbids a placement, with the sentence for people. */
export interface Objection {
  code: RefusalCode;
  sentence: Sentence;
}

/** The sessions of a channel from two days before `at` to a week after it. */
export function sessionsAround(channel: PlanChannel, calendar: ZoneCalendar, at: Instant): Occurrence[] {
  const day = calendar.dayOf(at);
  const days = channelDays(channel, calendar, dateOfDay(day - DAYS_BEFORE), dateOfDay(day + DAYS_AFTER));
  return days.flatMap(({ sessions }) => sessions);
}

/**
 * Returns the first rule that forbids the range, from the strictest to the plainest, found by checking again with that
 * rule lifted. Only an emergency passes all rules: `authorisedBy` names the person who answers for it. Placement,
 * playlist and station delivery share this check.
 */
export function lawObjection(
  channel: PlanChannel,
  calendar: ZoneCalendar,
  range: TimeRange,
  authorisedBy?: string | null,
): Objection | undefined {
  if (isNamed(authorisedBy)) return undefined;
  const day = calendar.dayOf(range.start);
  const policy = policyOn(channel.policy, dateOfDay(day));
  const refused = (code: RefusalCode, sentence: Sentence): Objection => ({ code, sentence });
  const closed = closureOver(channel.closures, range);
  if (closed) return refused('channel-closed', refusalSentences['channel-closed'](closed));
  if (!permittedHours(channel.policy, calendar).covers(range)) {
    return refused('outside-permitted-hours', refusalSentences['outside-permitted-hours'](policy));
  }
  const windowUnder = (without: Partial<HoursPolicy>) =>
    sessionsAround({ ...channel, policy: lifted(channel.policy, without) }, calendar, range.start).find((session) =>
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
  const anyDay = windowUnder({
    weekdays: undefined,
    silentDates: undefined,
    sessionsPerDay: undefined,
    minutesPerSession: undefined,
  });
  if (!anyDay) return refused('outside-window', refusalSentences['outside-window']());
  const opens = calendar.dayOf(anyDay.start);
  if (!permitsDay(channel.policy, opens)) return dayObjection(channel.policy, opens);
  // The window is found only with both limits lifted: it exceeds the sessions a day and the minutes a session.
  return refused('too-many-sessions', refusalSentences['too-many-sessions'](sessionsPerDay ?? 0));
}

/**
 * Returns the ranges that the law of the place forbids, each with the reason, for callers that deliver stored slots.
 * Windows are not law: a range outside every window is forbidden only where the policy limits the number or the length
 * of sessions, since it would be one more session. Ranges belong to one local day, give or take a day.
 */
export function unlawful<T extends TimeRange & { authorisedBy?: string | null }>(
  channel: PlanChannel,
  date: LocalDate,
  ranges: readonly T[],
): { range: T; objection: Objection }[] {
  if (ranges.length === 0) return [];
  const calendar = new ZoneCalendar(channel.zone, date, date);
  const days = channelDays(channel, calendar, addDays(date, -DAYS_BEFORE), addDays(date, DAYS_BEFORE));
  const open = days.flatMap(({ sessions }) => sessions);
  const found: { range: T; objection: Objection }[] = [];
  const closuresBefore = (at: Instant) => channel.closures?.filter(({ start }) => start <= at);
  for (const range of ranges) {
    // Nearly all ranges lie in a session: only the others need the slower check.
    if (isNamed(range.authorisedBy) || open.some((session) => contains(session, range))) continue;
    // What began before the channel was closed plays to its end.
    const objection = lawObjection({ ...channel, closures: closuresBefore(range.start) }, calendar, range);
    const counted = objection?.code === 'outside-window' ? beyondWindows(channel.policy, calendar, range) : objection;
    if (counted) found.push({ range, objection: counted });
  }
  return found;
}

function beyondWindows(policy: HoursPolicy, calendar: ZoneCalendar, range: TimeRange): Objection | undefined {
  const day = calendar.dayOf(range.start);
  if (!permitsDay(policy, day)) return dayObjection(policy, day);
  const { sessionsPerDay, minutesPerSession } = policyOn(policy, dateOfDay(day));
  if (sessionsPerDay === undefined && minutesPerSession === undefined) return undefined;
  return { code: 'outside-window', sentence: refusalSentences['outside-window']() };
}

function dayObjection(policy: HoursPolicy, day: number): Objection {
  const date = dateOfDay(day);
  if (policyOn(policy, date).silentDates?.has(date)) {
    return { code: 'silent-day', sentence: refusalSentences['silent-day'](date) };
  }
  const sentence = refusalSentences['outside-permitted-weekdays'](weekdayOfDay(day));
  return { code: 'outside-permitted-weekdays', sentence };
}

export function isNamed(text: string | null | undefined): boolean {
  return text !== undefined && text !== null && text.trim() !== '';
}
