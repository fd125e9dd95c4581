import { DomainError } from '../../shared/domain-error.js';
import { isLocalDate, isLocalTime, type LocalDate } from '../../shared/local-time.js';
import type { DayOverride, PlanChannel, HoursPolicy, WindowRule } from './hours.types.js';
import { DAY, dayNumberOf, weekdayOfDay } from './zone-calendar.js';

/** Throws `bad-window` with the field, also for a rule that never fires. */
export function requireWindow(rule: WindowRule): void {
  const check = checker('bad-window', `buổi phát ${rule.id}`, `window ${rule.id}`);
  check(areWeekdays(rule.weekdays), 'weekdays', 'cần ít nhất một thứ, từ 1 đến 7', 'needs weekdays from 1 to 7');
  check(isLocalTime(rule.start), 'start', 'giờ phải có dạng 05:30', 'must be a time like 05:30');
  check(areWindowMinutes(rule.minutes), 'minutes', 'phải từ 1 đến 1440 phút', 'must be 1 to 1440 minutes');
  check(rule.from === undefined || isPlanDate(rule.from), 'from', 'không phải ngày', 'is not a date');
  check(rule.until === undefined || isPlanDate(rule.until), 'until', 'không phải ngày', 'is not a date');
  check(everFires(rule), 'until', 'không có ngày nào trong thời hạn này', 'never opens between from and until');
}

/** Throws `bad-override` with the field. */
export function requireOverride(override: DayOverride): void {
  const check = checker('bad-override', `thay đổi ngày ${override.date}`, `override of ${override.date}`);
  check(isPlanDate(override.date), 'date', 'không phải ngày', 'is not a date');
  check(override.start === undefined || isLocalTime(override.start), 'start', 'không phải giờ', 'is not a time');
  const minutes = override.minutes;
  check(minutes === undefined || areWindowMinutes(minutes), 'minutes', 'phải từ 1 đến 1440', 'must be 1 to 1440');
}

/** Throws `bad-policy` with the field. */
export function requirePolicy(policy: HoursPolicy): void {
  const check = checker('bad-policy', 'quy định giờ phát', 'policy');
  const timed = policy.permitted.every(({ from, until }) => isLocalTime(from) && isLocalTime(until));
  check(timed, 'permitted', 'giờ phải có dạng 05:30', 'needs times like 05:30');
  const days = policy.weekdays;
  check(days === undefined || days.length === 0 || areWeekdays(days), 'weekdays', 'thứ từ 1 đến 7', 'are 1 to 7');
  const { sessionsPerDay = 1, minutesPerSession = 1 } = policy;
  check(isCount(sessionsPerDay, 1, 1440), 'sessionsPerDay', 'phải là số nguyên từ 1', 'must be a whole number from 1');
  check(areWindowMinutes(minutesPerSession), 'minutesPerSession', 'phải từ 1 đến 1440', 'must be 1 to 1440');
  for (const { from, policy: next } of policy.later ?? []) {
    check(isPlanDate(from), 'later', 'không phải ngày', 'begins on no date');
    requirePolicy({ ...next, later: undefined });
  }
}

/** Throws `bad-horizon`. */
export function requireHorizon(horizon: { from: LocalDate; until: LocalDate }): void {
  const check = checker('bad-horizon', 'khoảng ngày xếp lịch', 'horizon');
  check(isPlanDate(horizon.from), 'from', 'không phải ngày', 'is not a date between 2000 and 2099');
  check(isPlanDate(horizon.until), 'until', 'không phải ngày', 'is not a date between 2000 and 2099');
  const days = dayNumberOf(horizon.until) - dayNumberOf(horizon.from) + 1;
  check(days >= 1, 'until', 'ngày cuối trước ngày đầu', 'is before from');
  check(days <= LONGEST_HORIZON_DAYS, 'until', 'xa quá 366 ngày', 'is more than 366 days away');
}

/** Throws `bad-moment` unless `now` is an instant and `lockMs` and `gapMs` are lengths of at most a day. */
export function requireMoment(now: number, lockMs: number, gapMs: number): void {
  const check = checker('bad-moment', 'thời điểm xếp lịch', 'moment of planning');
  check(isInstant(now), 'now', 'không phải thời điểm hợp lệ', 'is not an instant');
  check(isCount(lockMs, 0, DAY), 'lockMs', 'phải từ 0 đến một ngày', 'must be 0 to a day');
  check(isCount(gapMs, 0, DAY), 'gapMs', 'phải từ 0 đến một ngày', 'must be 0 to a day');
}

/**
 * Checks the rules of a channel. Throws what the checks of its parts throw, and `bad-window` for a window of another
 * channel.
 */
export function requireChannel(channel: PlanChannel): void {
  requirePolicy(channel.policy);
  channel.overrides.forEach(requireOverride);
  requireUnique(channel.windows, 'bad-window', 'buổi phát', 'window');
  for (const rule of channel.windows) {
    requireWindow(rule);
    const check = checker('bad-window', `buổi phát ${rule.id}`, `window ${rule.id}`);
    check(rule.channelId === channel.id, 'channelId', 'thuộc kênh khác', 'belongs to another channel');
  }
}

export function checker(code: string, vi: string, en: string) {
  return (ok: boolean, field: string, whyVi: string, whyEn: string): void => {
    if (ok) return;
    const sentence = { vi: `Sai ${vi}: ${field} ${whyVi}.`, en: `Wrong ${en}: ${field} ${whyEn}.` };
    throw new DomainError('invalid', code, sentence, { field });
  };
}

export function requireUnique(things: readonly { id: string }[], code: string, vi: string, en: string): void {
  const seen = new Set<string>();
  for (const { id } of things) {
    checker(code, `${vi} ${id}`, `${en} ${id}`)(!seen.has(id), 'id', 'bị lặp lại', 'is given twice');
    seen.add(id);
  }
}

export function everFires(rule: WindowRule): boolean {
  if (rule.from === undefined || rule.until === undefined) return true;
  const first = dayNumberOf(rule.from);
  const last = Math.min(dayNumberOf(rule.until), first + 6);
  for (let day = first; day <= last; day++) if (rule.weekdays.includes(weekdayOfDay(day))) return true;
  return false;
}

export function isPlanDate(text: string): boolean {
  return isLocalDate(text) && text >= '2000-02-01' && text < '2099-12-01';
}

export function isInstant(value: number): boolean {
  return Number.isSafeInteger(value) && value >= EARLIEST_INSTANT && value <= LATEST_INSTANT;
}

export function isCount(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

export function isDuration(ms: number): boolean {
  return isCount(ms, 1, DAY);
}

export function areWindowMinutes(minutes: number): boolean {
  return isCount(minutes, 1, 1440);
}

export function areWeekdays(days: readonly number[]): boolean {
  return days.length > 0 && days.every((day) => isCount(day, 1, 7));
}

/** A season's plan spans weeks; a year is the most that one request may cover. */
export const LONGEST_HORIZON_DAYS = 366;

export const EARLIEST_INSTANT = Date.UTC(2000, 0, 1);

export const LATEST_INSTANT = Date.UTC(2100, 0, 1);
