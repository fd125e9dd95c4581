import type { Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import { addDays, type LocalDate } from '../../shared/local-time.js';
import { contains, type TimeRange } from '../../shared/time-range.js';
import { refusalSentences, type RefusalCode } from './placement-sentences.js';
import type { PlanChannel, Occurrence, HoursPolicy } from './hours.types.js';
import { lifted, permitsDay, permittedHours, policyOn } from './policy-hours.js';
import { channelDays } from './window-occurrences.js';
import { dateOfDay, weekdayOfDay, ZoneCalendar } from './zone-calendar.js';

const DAYS_BEFORE = 2;
const DAYS_AFTER = 7;

/** A rule in the way, and what a person is told of it. */
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
 * The first rule in the way, from the strictest to the plainest; found by asking again with that rule lifted. An emergency
 * passes all of them, and nothing else does: `authorisedBy` is the name of the person who answers for it. The one question
 * that placing, the playlist and what a station receives have in common.
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
  // The window is found only with both limits lifted: it is beyond the day's sessions, and beyond its minutes as well.
  return refused('too-many-sessions', refusalSentences['too-many-sessions'](sessionsPerDay ?? 0));
}

/**
 * What of these the law of the place forbids to sound, each with the reason: for whoever is about to hand out what stands
 * already. The windows themselves are no law: what stands in none of them is forbidden only where sessions are counted
 * or measured, since it would be one more. Ranges are of one local day, give or take a day.
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
  for (const range of ranges) {
    // Nearly all stand in a session: only the others are worth a closer look.
    if (isNamed(range.authorisedBy) || open.some((session) => contains(session, range))) continue;
    const objection = lawObjection(channel, calendar, range);
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
