import type { LocalDate, TimeZone } from '../../shared/local-time.js';
import { openParts } from './closures.js';
import { leavesDay } from './window-days.js';
import type { IntervalSet } from './interval-set.js';
import { requireHorizon, requirePolicy, requireOverride, requireWindow } from './rules-input.js';
import type { PlanChannel, Occurrence, HoursPolicy, DayOverride, WindowRule } from './hours.types.js';
import { permitsDay, permittedHours, policyOn } from './policy-hours.js';
import { dateOfDay, dayNumberOf, MINUTE, minutesOf, weekdayOfDay, ZoneCalendar } from './zone-calendar.js';

/** One local day of a channel: its sessions ordered by start and, when there are none, the reason for the silence. */
export interface ChannelDay {
  date: LocalDate;
  day: number;
  sessions: Occurrence[];
  silence?: 'no-window' | 'window-skipped' | 'not-permitted' | 'channel-closed';
}

interface Opening {
  startMinute: number;
  minutes: number;
  special: boolean;
}

type Overrides = ReadonlyMap<string, DayOverride>;

/**
 * The occurrences of one window from `from` to `until` (local days, both included), cut to the policy's hours, weekdays
 * and session length. A window that forbidden hours cut in two gives two occurrences. The limit of sessions a day
 * concerns the whole channel: see `channelOccurrences`. Throws `bad-window`, `bad-policy`, `bad-override`,
 * `bad-horizon`.
 */
export function occurrences(
  rule: WindowRule,
  overrides: readonly DayOverride[],
  policy: HoursPolicy,
  zone: TimeZone,
  from: LocalDate,
  until: LocalDate,
): Occurrence[] {
  requireWindow(rule);
  requirePolicy(policy);
  overrides.forEach(requireOverride);
  requireHorizon({ from, until });
  const calendar = new ZoneCalendar(zone, from, until);
  const hours = permittedHours(policy, calendar);
  const byDate = indexed(overrides);
  const found: Occurrence[] = [];
  for (let day = dayNumberOf(from); day <= dayNumberOf(until); day++) {
    const opening = openingOn(rule, byDate, day);
    if (opening) found.push(...sessions(rule, opening, day, policyOn(policy, dateOfDay(day)), hours, calendar));
  }
  return found;
}

/**
 * All sessions of a channel ordered by start, within the policy's sessions a day: special sessions first, then the
 * earliest.
 */
export function channelOccurrences(channel: PlanChannel, from: LocalDate, until: LocalDate): Occurrence[] {
  channel.windows.forEach(requireWindow);
  channel.overrides.forEach(requireOverride);
  requirePolicy(channel.policy);
  requireHorizon({ from, until });
  return channelDays(channel, new ZoneCalendar(channel.zone, from, until), from, until).flatMap((day) => day.sessions);
}

/** The days of a channel one by one, for callers that have checked the rules and built the calendar. */
export function channelDays(
  channel: PlanChannel,
  calendar: ZoneCalendar,
  from: LocalDate,
  until: LocalDate,
): ChannelDay[] {
  const { policy } = channel;
  const hours = permittedHours(policy, calendar);
  const byDate = indexed(channel.overrides);
  const windows = [...channel.windows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const days: ChannelDay[] = [];
  for (let day = dayNumberOf(from); day <= dayNumberOf(until); day++) {
    const date = dateOfDay(day);
    const law = policyOn(policy, date);
    const special: Occurrence[] = [];
    const ordinary: Occurrence[] = [];
    let opens = false;
    let skipped = false;
    for (const rule of windows) {
      const opening = openingOn(rule, byDate, day);
      if (opening) {
        opens = true;
        (opening.special ? special : ordinary).push(...sessions(rule, opening, day, law, hours, calendar));
      } else if (byDate.get(`${rule.id}|${date}`)?.kind === 'skip') {
        skipped ||= fires(rule, date, weekdayOfDay(day));
      }
    }
    const all = [...special.sort(byStart), ...ordinary.sort(byStart)].slice(0, law.sessionsPerDay).sort(byStart);
    // The law counts whole sessions, so a closure cuts them afterwards.
    const open = all.flatMap((session) => openParts(session, channel.closures));
    days.push({ date, day, sessions: open, silence: open.length > 0 ? undefined : silenceOf(all, opens, skipped) });
  }
  return days;
}

function silenceOf(all: readonly Occurrence[], opens: boolean, skipped: boolean): ChannelDay['silence'] {
  if (all.length > 0) return 'channel-closed';
  if (opens) return 'not-permitted';
  return skipped ? 'window-skipped' : 'no-window';
}

function byStart(a: Occurrence, b: Occurrence): number {
  return a.start - b.start || (a.windowId < b.windowId ? -1 : a.windowId > b.windowId ? 1 : a.end - b.end);
}

const strength = { skip: 0, special: 1, move: 2 } as const;

/** One override for each window and date. If two are stored, the quieter one applies, whatever their order. */
function indexed(overrides: readonly DayOverride[]): Overrides {
  const found = new Map<string, DayOverride>();
  const sortKey = (o: DayOverride) => `${strength[o.kind]} ${o.start ?? ''} ${String(o.minutes ?? 0).padStart(4, '0')}`;
  for (const override of overrides) {
    const key = `${override.windowId}|${override.date}`;
    const other = found.get(key);
    if (!other || sortKey(override) < sortKey(other)) found.set(key, override);
  }
  return found;
}

function fires(rule: WindowRule, date: LocalDate, weekday: number): boolean {
  return (
    rule.weekdays.includes(weekday) &&
    (rule.from === undefined || rule.from <= date) &&
    (rule.until === undefined || date <= rule.until) &&
    (rule.days === undefined || leavesDay(rule.days, date))
  );
}

function openingOn(rule: WindowRule, overrides: Overrides, day: number): Opening | undefined {
  const date = dateOfDay(day);
  const override = overrides.size > 0 ? overrides.get(`${rule.id}|${date}`) : undefined;
  if (override?.kind === 'skip') return undefined;
  const special = override?.kind === 'special';
  if (!special && !fires(rule, date, weekdayOfDay(day))) return undefined;
  return { startMinute: minutesOf(override?.start ?? rule.start), minutes: override?.minutes ?? rule.minutes, special };
}

function sessions(
  rule: WindowRule,
  opening: Opening,
  day: number,
  policy: HoursPolicy,
  hours: IntervalSet,
  calendar: ZoneCalendar,
): Occurrence[] {
  if (!opening.special && !permitsDay(policy, day)) return [];
  const start = calendar.at(day, opening.startMinute);
  const longest = (policy.minutesPerSession ?? Infinity) * MINUTE;
  const date = dateOfDay(day);
  return hours.parts({ start, end: start + opening.minutes * MINUTE }).map((part) => ({
    windowId: rule.id,
    channelId: rule.channelId,
    date,
    start: part.start,
    end: Math.min(part.end, part.start + longest),
  }));
}
