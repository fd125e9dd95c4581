import { Temporal } from 'temporal-polyfill';
import type { Instant } from './clock.js';
import { DomainError } from './domain-error.js';

/** 'YYYY-MM-DD' in a zone that the caller names. */
export type LocalDate = string;
/** 'HH:MM', 24 hours. */
export type LocalTime = string;
/** IANA zone, e.g. 'Asia/Ho_Chi_Minh'. */
export type TimeZone = string;

export const VIETNAM: TimeZone = 'Asia/Ho_Chi_Minh';

export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = dayNumberOf(text);
  // Date turns 30 February into another day instead of refusing it.
  return !Number.isNaN(day) && dateOfDay(day) === text;
}

// Days without a zone are integers: a report needs tens of thousands, and each call of Temporal costs some
// microseconds.
const DAY_MS = 86_400_000;

/** Days since 1970-01-01. */
function dayNumberOf(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function dateOfDay(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function isLocalTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** The date in `zone` at `at`. 05:30 in Hà Tĩnh is 22:30 UTC of the day before, so every date needs a zone. */
export function localDateOf(at: Instant, zone: TimeZone): LocalDate {
  return zoned(at, zone).toPlainDate().toString();
}

export function localTimeOf(at: Instant, zone: TimeZone): LocalTime {
  return zoned(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** 'HH:MM:SS', for times shown to the second. */
export function localClockOf(at: Instant, zone: TimeZone): string {
  return zoned(at, zone).toPlainTime().toString({ smallestUnit: 'second' });
}

/** The instant at which the clocks of `zone` show `date` `time`. Throws `bad-date` when either is invalid. */
export function instantOf(date: LocalDate, time: LocalTime, zone: TimeZone): Instant {
  requireLocalDate(date);
  if (!isLocalTime(time)) {
    const sentence = { vi: `Giờ không hợp lệ: "${time}"`, en: `Not a time: "${time}"` };
    throw new DomainError('invalid', 'bad-time', sentence, { field: 'time' });
  }
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .epochMilliseconds;
}

/** [midnight, next midnight) of `date` in `zone`: 24 hours, but 23 or 25 on a day with a daylight-saving change. */
export function dayRange(date: LocalDate, zone: TimeZone): { start: Instant; end: Instant } {
  return { start: instantOf(date, '00:00', zone), end: instantOf(addDays(date, 1), '00:00', zone) };
}

export function addDays(date: LocalDate, days: number): LocalDate {
  requireLocalDate(date);
  return dateOfDay(dayNumberOf(date) + days);
}

/** The first and the last day of the month of `date`. */
export function monthOf(date: LocalDate): { first: LocalDate; last: LocalDate } {
  requireLocalDate(date);
  const first = Temporal.PlainDate.from(date).with({ day: 1 });
  return { first: first.toString(), last: first.add({ months: 1 }).subtract({ days: 1 }).toString() };
}

/** Days from `from` to `until`, both included; empty when `until` is before `from`. */
export function daysBetween(from: LocalDate, until: LocalDate): LocalDate[] {
  const first = from <= until ? dayNumberOf(from) : 0;
  return Array.from({ length: countDays(from, until) }, (_, n) => dateOfDay(first + n));
}

/** The number of days from `from` to `until`, both included. */
export function countDays(from: LocalDate, until: LocalDate): number {
  if (until < from) return 0;
  requireLocalDate(from);
  requireLocalDate(until);
  return dayNumberOf(until) - dayNumberOf(from) + 1;
}

/** 1 Monday … 7 Sunday (ISO 8601). */
export function weekdayOf(date: LocalDate): number {
  requireLocalDate(date);
  return Temporal.PlainDate.from(date).dayOfWeek;
}

const weekdayNames = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'];

export function weekdayName(date: LocalDate): string {
  return weekdayNames[weekdayOf(date) - 1] ?? '';
}

/** '24/11/2026', as Vietnamese papers write it. */
export function showDate(date: LocalDate): string {
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
}

/** 'Thứ Ba 24/11, 05:30': how every screen shows a moment. */
export function showInstant(at: Instant, zone: TimeZone): string {
  const date = localDateOf(at, zone);
  return `${weekdayName(date)} ${showDate(date).slice(0, 5)}, ${localTimeOf(at, zone)}`;
}

function zoned(at: Instant, zone: TimeZone): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

function requireLocalDate(date: LocalDate): void {
  if (isLocalDate(date)) return;
  const sentence = { vi: `Ngày không hợp lệ: "${date}"`, en: `Not a date: "${date}"` };
  throw new DomainError('invalid', 'bad-date', sentence, { field: 'date' });
}
