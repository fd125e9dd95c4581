import type { LocalDate } from '../../../shared/local-time.js';
import { B } from '../text/passage.js';

/** A day, month, quarter or year named in a text; `day`, `month` and `year` are null where the text omits them. */
export interface DayMention {
  start: number;
  end: number;
  unit: 'day' | 'month' | 'quarter' | 'year';
  day: number | null;
  month: number | null;
  year: number | null;
}

const pattern = new RegExp(
  [
    // 05/8/2020, 05-08-2020, 5.8.2020, 05/8/20
    '(?<![\\d/.,])(?<d1>\\d{1,2})\\s?[/.-]\\s?(?<m1>\\d{1,2})\\s?[/.-]\\s?(?<y1>\\d{4})(?![\\d/])',
    '(?<![\\d/.,])(?<d2>\\d{1,2})(?<s2>[/-])(?<m2>\\d{1,2})\\k<s2>(?<y2>\\d{2})(?![\\d/-])',
    // 05 tháng 8 năm 2020, 05 tháng 8/2020, 05 tháng 8
    '(?<!\\d)(?<d3>\\d{1,2})\\s{1,3}tháng\\s{1,3}(?<m3>\\d{1,2})(?!\\d)(?:,?\\s{1,3}năm\\s{1,3}(?<y3>\\d{4})|\\s?[/.-]\\s?(?<y4>\\d{4}))?',
    // 8/2020 (a month), then 05/8 (a day without a year)
    '(?<![\\d/.,])(?<m5>\\d{1,2})\\s?/\\s?(?<y5>\\d{4})(?![\\d/])',
    '(?<![\\d/.,])(?<d6>\\d{1,2})\\s?(?<s6>[/.-])\\s?(?<m6>\\d{1,2})(?!\\d|[/.]\\d)',
    `${B}tháng\\s{1,3}(?<m7>\\d{1,2})(?!\\d)(?:\\s?[/.-]\\s?(?<y7>\\d{4})|,?\\s{1,3}năm\\s{1,3}(?<y8>\\d{4}))?`,
    `${B}quý\\s{1,3}(?<q>iv|i{1,3}|[1-4])(?!\\p{L})(?:\\s?[/.-]\\s?|,?\\s{1,3}năm\\s{1,3})(?<y9>\\d{4})`,
    `${B}năm\\s{1,3}(?<y10>\\d{4})(?!\\d)`,
    '(?<=ngày\\s{1,2})(?<d11>\\d{1,2})(?![\\d/.-]*\\d|\\s{0,2}(?:lần|buổi|lượt|tháng|bài|tin|giờ|h\\d))',
  ].join('|'),
  'gu',
);

/** Words that make "10/8" a date rather than a fraction. */
const datedLead =
  /(?:ngày|từ|đến|tới|hết|trước|sau|vào|sáng|trưa|chiều|tối|đợt|dịp|nhất|hạn|là|giờ|phút|\d\s?h\d{0,2}'?|[:(])\s*$/u;
const countedTail = /^\s{0,2}(?:lần|buổi|lượt|bài|tin|phường|xã|hộ|người|đơn vị|%|ngày)/u;

/** Every date named in `low` (the lower-case twin of a passage), in order, impossible dates included: see `dateOf`. */
export function daysIn(low: string): DayMention[] {
  if (!/\d/.test(low) || !/[/.-]\s?\d|tháng|năm|quý|ngày/.test(low)) return [];
  const found: DayMention[] = [];
  for (const match of low.matchAll(pattern)) {
    const g = match.groups!;
    const mention = toMention(g, match.index, match.index + match[0].length);
    if (g['d6'] !== undefined && !isDayMonth(low, mention, g['s6'] ?? '/', found.at(-1))) continue;
    found.push(mention);
  }
  return found;
}

function toMention(g: Record<string, string | undefined>, start: number, end: number): DayMention {
  const year = numberOf(g['y1'] ?? g['y3'] ?? g['y4'] ?? g['y5'] ?? g['y7'] ?? g['y8'] ?? g['y9'] ?? g['y10']);
  const day = numberOf(g['d1'] ?? g['d2'] ?? g['d3'] ?? g['d6'] ?? g['d11']);
  const month = numberOf(g['m1'] ?? g['m2'] ?? g['m3'] ?? g['m5'] ?? g['m6'] ?? g['m7']);
  if (g['y2'] !== undefined) return { start, end, unit: 'day', day, month, year: 2000 + Number(g['y2']) };
  if (day !== null) return { start, end, unit: 'day', day, month, year };
  if (g['q'] !== undefined) {
    const quarter = ['i', 'ii', 'iii', 'iv'].indexOf(g['q']) + 1 || Number(g['q']);
    return { start, end, unit: 'quarter', day, month: quarter * 3, year };
  }
  return { start, end, unit: month === null ? 'year' : 'month', day, month, year };
}

function isDayMonth(low: string, m: DayMention, separator: string, before: DayMention | undefined): boolean {
  if (m.day === null || m.month === null || m.day < 1 || m.day > 31 || m.month < 1 || m.month > 12) return false;
  if (countedTail.test(low.slice(m.end, m.end + 12))) return false;
  const lead = low.slice(Math.max(0, m.start - 16), m.start);
  if (separator !== '/') return /ngày\s*$/u.test(lead);
  return datedLead.test(lead) || (before?.unit === 'day' && m.start - before.end <= 16);
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

/** 'YYYY-MM-DD', or null when there is no such day (30/02) or a part is missing. */
export function dateOf(day: number | null, month: number | null, year: number | null): LocalDate | null {
  if (day === null || month === null || year === null) return null;
  if (year < 1945 || year > 2199 || month < 1 || month > 12 || day < 1 || day > lastDay(month, year)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function lastDay(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const closeToDate =
  /(?:[\s,(]|ngày|mùng|mồng|thứ\s\p{L}{2,4}|thứ\s\d|chủ nhật|\d{1,2}\s?(?:h|giờ|g|:)\s?\d{0,2}\s?(?:phút|p|['’])?|sáng|trưa|chiều|tối)$/u;

/**
 * The words before the date at `start`, without "ngày", hours and weekdays: "trước 17h00, thứ Sáu ngày " → "… trước".
 */
export function leadTo(low: string, start: number): string {
  let lead = low.slice(Math.max(0, start - 64), start);
  for (let i = 0; i < 12; i++) {
    const shorter = lead.replace(closeToDate, '');
    if (shorter === lead) break;
    lead = shorter;
  }
  return lead;
}

/**
 * The year of a day that a letter names without one: the letter's own year, or the next when the day would be more than
 * half a year before the letter (a letter of December that says "trước ngày 05/01"). Null when the letter has no date.
 */
export function yearFor(month: number, issuedOn: LocalDate | null): number | null {
  if (issuedOn === null) return null;
  const year = Number(issuedOn.slice(0, 4));
  return Number(issuedOn.slice(5, 7)) - month > 6 ? year + 1 : year;
}
