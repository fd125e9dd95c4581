import { DomainError } from '../../shared/domain-error.js';
import type { LocalDate } from '../../shared/local-time.js';

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The days of an RFC 5545 rule. A rule names whole days only; the hour belongs to the window. */
export interface DayRule {
  freq: (typeof frequencies)[number];
  interval: number;
  /** `nth` 1 … 5 from the start of the month, −1 … −5 from its end. */
  byDay?: readonly { weekday: number; nth?: number }[];
  /** 1 … 31, or −1 … −31 from the end. */
  byMonthDay?: readonly number[];
  byMonth?: readonly number[];
  /**
   * Where counting begins (DTSTART). It matters only when the rule has an interval or leaves the weekday or the day of
   * the month open.
   */
  anchor: LocalDate;
}

/** A Monday and the first day of a leap year: the anchor of rules that count nothing. */
const EPOCH: LocalDate = '2024-01-01';

/**
 * Parses 'FREQ=MONTHLY;BYMONTHDAY=1,15'. Accepts FREQ from DAILY to YEARLY, INTERVAL, BYDAY (numbered only in monthly
 * rules), BYMONTHDAY, BYMONTH and WKST=MO. `from` is the first day of the window. Throws `bad-rule` (422) with the
 * field for everything else: hours belong to the window, COUNT and UNTIL to its season.
 */
export function parseDayRule(text: string, from?: LocalDate): DayRule {
  const parts = new Map<string, string>();
  for (const part of text.replace(/^RRULE:/i, '').split(';')) {
    const [name = '', value = '', ...more] = part.toUpperCase().split('=');
    if (!value || more.length > 0) throw badRule(`không hiểu "${part}"`, `cannot read "${part}"`);
    if (parts.has(name)) throw badRule(`${name} ghi hai lần`, `${name} is given twice`);
    parts.set(name, value);
  }
  const freq = frequencies.find((one) => one === parts.get('FREQ'));
  if (!freq) {
    throw badRule(
      'FREQ phải là DAILY, WEEKLY, MONTHLY hoặc YEARLY: mỗi ngày một buổi mở nhiều nhất một lần',
      'FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY: a window opens at most once a day',
    );
  }
  const known = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'WKST'];
  const foreign = [...parts.keys()].find((name) => !known.includes(name));
  if (foreign) {
    throw badRule(
      `không dùng ${foreign}: giờ ghi ở "start", ngày cuối ghi ở "until"`,
      `${foreign} has no place here: the hour is "start", the end is "until"`,
    );
  }
  if ((parts.get('WKST') ?? 'MO') !== 'MO') throw badRule('tuần bắt đầu từ thứ Hai', 'weeks begin on Monday');
  const numbers = (name: string, least: number, most: number) => numbersOf(name, parts.get(name), least, most);
  const rule: DayRule = {
    freq,
    interval: numbers('INTERVAL', 1, 366)?.[0] ?? 1,
    byDay: weekdaysOf(parts.get('BYDAY')),
    byMonthDay: numbers('BYMONTHDAY', -31, 31),
    byMonth: numbers('BYMONTH', 1, 12),
    anchor: from ?? EPOCH,
  };
  requireSense(rule, from);
  return rule;
}

function requireSense(rule: DayRule, from: LocalDate | undefined): void {
  const { freq, interval, byDay, byMonthDay, byMonth } = rule;
  const numbered = byDay?.some(({ nth }) => nth !== undefined) ?? false;
  if (numbered && !(freq === 'MONTHLY' || (freq === 'YEARLY' && byMonth))) {
    throw badRule('"1MO", "-1FR" chỉ dùng trong tháng', '"1MO" and "-1FR" count within a month');
  }
  if (freq === 'WEEKLY' && byMonthDay) throw badRule('WEEKLY không có ngày trong tháng', 'WEEKLY has no BYMONTHDAY');
  const open =
    (freq === 'WEEKLY' && !byDay) ||
    ((freq === 'MONTHLY' || freq === 'YEARLY') && !byDay && !byMonthDay) ||
    interval > 1;
  if (open && from === undefined) {
    throw badRule('quy tắc này đếm từ một ngày; xin ghi "from"', 'this rule counts from a day; give "from"');
  }
}

function numbersOf(name: string, text: string | undefined, least: number, most: number): number[] | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((one) => (/^[+-]?\d{1,4}$/.test(one) ? Number(one) : NaN));
  if (name === 'INTERVAL' && numbers.length > 1) numbers.push(NaN);
  if (numbers.length > 62 || numbers.some((n) => !(n >= least && n <= most && n !== 0))) {
    throw badRule(`${name} phải từ ${least} đến ${most}`, `${name} must be ${least} to ${most}`);
  }
  return numbers;
}

function weekdaysOf(text: string | undefined): DayRule['byDay'] {
  return text?.split(',').map((one) => {
    const [, nth, code = ''] = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(one) ?? [];
    if (!code) throw badRule(`không hiểu thứ "${one}"`, `"${one}" is no weekday`);
    return { weekday: weekdayCodes.indexOf(code) + 1, ...(nth === undefined ? {} : { nth: Number(nth) }) };
  });
}

const DAY = 86_400_000;

/** True when the rule names this day. Plain arithmetic on days, independent of zone and clock. */
export function namesDay(rule: DayRule, date: LocalDate): boolean {
  const { freq, interval, byDay, byMonthDay, byMonth } = rule;
  const day = partsOf(date);
  const anchor = partsOf(rule.anchor);
  if (day.number < anchor.number && rule.anchor !== EPOCH) return false;
  const period = {
    DAILY: day.number - anchor.number,
    WEEKLY: Math.floor((day.number + 3) / 7) - Math.floor((anchor.number + 3) / 7),
    MONTHLY: (day.year - anchor.year) * 12 + day.month - anchor.month,
    YEARLY: day.year - anchor.year,
  }[freq];
  if (period % interval !== 0) return false;
  if (byMonth && !byMonth.includes(day.month)) return false;
  if (byMonthDay && !byMonthDay.some((n) => (n > 0 ? n : day.monthLength + 1 + n) === day.day)) return false;
  if (byDay) return byDay.some(({ weekday, nth }) => weekday === day.weekday && isNth(nth, day));
  if (freq === 'WEEKLY') return day.weekday === anchor.weekday;
  if (byMonthDay || freq === 'DAILY') return true;
  return day.day === anchor.day && (freq === 'MONTHLY' || byMonth !== undefined || day.month === anchor.month);
}

function isNth(nth: number | undefined, { day, monthLength }: { day: number; monthLength: number }): boolean {
  if (nth === undefined) return true;
  return nth > 0 ? Math.ceil(day / 7) === nth : Math.ceil((monthLength + 1 - day) / 7) === -nth;
}

function partsOf(date: LocalDate) {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const number = Date.UTC(year, month - 1, day) / DAY;
  const weekday = ((((number + 3) % 7) + 7) % 7) + 1;
  return { year, month, day, number, weekday, monthLength: new Date(Date.UTC(year, month, 0)).getUTCDate() };
}

function badRule(vi: string, en: string): DomainError {
  const sentence = {
    vi: `Quy tắc ngày không dùng được (rrule): ${vi}.`,
    en: `The rule cannot be used (rrule): ${en}.`,
  };
  return new DomainError('invalid', 'bad-rule', sentence, { fields: [{ field: 'rrule', problem: vi }] });
}
