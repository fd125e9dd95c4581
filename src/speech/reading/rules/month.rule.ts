import { integerWords } from '../words/integer-words.js';
import {
  ahead,
  behind,
  endOf,
  NUMBER_END,
  sticky,
  stickyAnyCase,
  type Found,
  type Rule,
  type RuleContext,
} from '../words/rule-context.js';
import { romanValue } from '../words/roman-value.js';
import { monthWords, yearWords } from './date-parts.js';

const YEAR = String.raw`(?:1[5-9]|2[0-4])\d{2}`;
const monthYear = stickyAnyCase(String.raw`(\d{1,2})\s?[/.-]\s?(${YEAR})${NUMBER_END}`);
const monthSpaceYear = stickyAnyCase(String.raw`(\d{1,2})\s(${YEAR})${NUMBER_END}`);
const monthList = stickyAnyCase(
  String.raw`((?:\d{1,2}\s?(?:,|-|và|đến)\s?){1,12})(\d{1,2})(?:\s?\/\s?(${YEAR}))?${NUMBER_END}`,
);
const monthOnly = stickyAnyCase(String.raw`(\d{1,2})${NUMBER_END}`);
const quarter = stickyAnyCase(
  String.raw`(IV|I{1,3}|[1-4])((?:\s?(?:,|-|và|\+|&)\s?(?:IV|I{1,3}|[1-4]))*)(?:\s?[/-]\s?(${YEAR}))?${NUMBER_END}`,
);
const years = stickyAnyCase(String.raw`(${YEAR})\s?[-/]\s?(${YEAR}|\d{2})${NUMBER_END}`);
const dayBeforeMonth = stickyAnyCase(
  String.raw`(0?[1-9]|10)(?=\s(?:tháng|(?:hàng|hằng|mỗi) tháng|âm lịch|tết|đến (?:ngày )?\d{1,2} tháng))`,
);

const month = /tháng\s*$/;
const isMonth = (text: string): boolean => Number(text) >= 1 && Number(text) <= 12;

export const monthRules: readonly Rule[] = [
  {
    // Sởi 9th, MR 18th, bảo hành 12th: months in shorthand.
    name: 'month',
    pattern: sticky(String.raw`(\d{1,2})\s?th(?![\p{L}\p{M}\p{N}])`),
    say: (match, context) => `${integerWords(match[1] ?? '', context.settings)} tháng`,
  },
  {
    name: 'month',
    pattern: monthYear,
    say(match, context) {
      const [, number = '', year = ''] = match;
      if (!isMonth(number)) return undefined;
      const before = behind(context, match.index);
      // '12/2020' after 'số' is a decision's number and year; after 'quý' the quarter rule reads it.
      if (
        /(?:số|quý|điều|lô|thửa|tờ|tỷ lệ|tỉ lệ|bản đồ|đợt|lần|lần thứ|tuần|khóa|vòng|học kỳ|phiên)\s*:?\s*$/.test(
          before,
        )
      )
        return undefined;
      // Kỳ 2/2026 of a tax is the second period; kỳ 11/2026 of a bill is a month.
      if (Number(number) < 3 && /k[ỳì]\s*$/.test(before)) return undefined;
      if (!match[0].includes('/') && !month.test(before)) return undefined;
      const lead = month.test(before) ? '' : 'tháng ';
      return `${lead}${monthWords(number, context.settings)} năm ${yearWords(year, context.settings)}`;
    },
  },
  {
    name: 'month',
    pattern: monthSpaceYear,
    say: (match, context) =>
      isMonth(match[1] ?? '') && month.test(behind(context, match.index))
        ? `${monthWords(match[1] ?? '', context.settings)} năm ${yearWords(match[2] ?? '', context.settings)}`
        : undefined,
  },
  {
    name: 'month',
    pattern: monthList,
    say(match, context): Found | undefined {
      const all = match[0].replace(/\/.*/, '').match(/\d+/g) ?? [];
      if (!month.test(behind(context, match.index)) || !all.every(isMonth)) return undefined;
      const list = `${match[1]}${match[2]}`
        .toLowerCase()
        .replace(/\s?-\s?/g, ' đến ')
        .replace(/\s?,\s?/g, ', ')
        .replace(/đến\s?(?=\d)/g, 'đến tháng ')
        .replace(/và\s?(?=\d)/g, 'và tháng ')
        .replace(/, (?=\d)/g, ', tháng ')
        .replace(/\d+/g, (number) => monthWords(number, context.settings));
      const tail = match[3] ? ` năm ${yearWords(match[3], context.settings)}` : '';
      return { end: endOf(match), spoken: list.replace(/\s+/g, ' ') + tail };
    },
  },
  {
    name: 'month',
    pattern: monthOnly,
    say: (match, context) =>
      isMonth(match[1] ?? '') && month.test(behind(context, match.index))
        ? monthWords(match[1] ?? '', context.settings)
        : undefined,
  },
  {
    name: 'day',
    pattern: dayBeforeMonth,
    say(match, context) {
      const before = behind(context, match.index);
      if (/(?:mùng|mồng)\s*$/.test(before)) return integerWords(match[1] ?? '', context.settings);
      return /ngày\s*$/.test(before) ? `mùng ${integerWords(match[1] ?? '', context.settings)}` : undefined;
    },
  },
  {
    name: 'years',
    pattern: years,
    say(match, context) {
      const before = behind(context, match.index);
      const [, from = '', second = ''] = match;
      const to = second.length === 2 ? from.slice(0, 2) + second : second;
      if (match[0].includes('/') && (second.length === 2 || !/(?:năm|vụ|khóa)\s*$/.test(before))) return undefined;
      if (
        Number(to) <= Number(from) ||
        (second.length === 2 && !/(?:năm|năm học|nhiệm kỳ|giai đoạn|niên khóa|khóa|vụ|mùa)\s*$/.test(before))
      )
        return undefined;
      return `${yearWords(from, context.settings)} đến ${yearWords(to, context.settings)}`;
    },
  },
];

function quarterName(written: string, context: RuleContext): string {
  const value = /^\d/.test(written) ? Number(written) : romanValue(written);
  return value === 4 ? 'tư' : integerWords(String(value), context.settings);
}

/** T10/2026, Q1/2026, QIII/2026 in tables: a month, a quarter. */
export const shortMonthRule: Rule = {
  name: 'month',
  pattern: sticky(String.raw`(?:T(1[0-2]|0?[1-9])|Q\.?\s?([1-4]|IV|I{1,3}))\s?[/.-]\s?(20\d{2})${NUMBER_END}`),
  say(match, context) {
    const [, number, part, year = ''] = match;
    const name = number ? `tháng ${monthWords(number, context.settings)}` : `quý ${quarterName(part ?? '', context)}`;
    return `${name} năm ${yearWords(year, context.settings)}`;
  },
};

/** Tiêm T3-4 và T9-10: months, because no weekday has such a number. */
export const shortMonthsRule: Rule = {
  name: 'month',
  pattern: sticky(String.raw`T(1[0-2]|0?[1-9])\s?-\s?T?(1[0-2]|0?[1-9])(?![\p{L}\p{N}]|[./]\d)`),
  say(match, context) {
    const [, from = '', to = ''] = match;
    const late = (text: string): boolean => /t(?:8|9|1[0-2])(?!\d)/.test(text);
    const months =
      Number(to) > 7 || late(ahead(context, endOf(match))) || late(behind(context, match.index).slice(-14));
    if (!months || Number(from) >= Number(to)) return undefined;
    return `tháng ${monthWords(from, context.settings)} đến tháng ${monthWords(to, context.settings)}`;
  },
};

/** 'Lương hưu T12': a month, because no weekday has so high a number. */
export const monthAloneRule: Rule = {
  name: 'month',
  pattern: sticky(String.raw`T(8|9|1[0-2])(?=[\s,;.:)]|$)(?!\.\d)`),
  say: (match, context) =>
    /(?:trụ|tuyến|lô|nhà|tầng|khu|tòa|mẫu|mã)\s*$/.test(behind(context, match.index))
      ? undefined
      : `tháng ${monthWords(match[1] ?? '', context.settings)}`,
};

/** Begins with a Roman numeral or a digit, so it is tried at both: quý III/2024, quý 3 và quý 4. */
export const quarterRule: Rule = {
  name: 'quarter',
  pattern: quarter,
  say(match, context): Found | undefined {
    if (!/(?:quý|qúi|quí)\s*$/.test(behind(context, match.index))) return undefined;
    const name = (written: string): string => quarterName(written, context);
    const rest = (match[2] ?? '')
      .replace(/IV|I+|[1-4]/g, (written) => `quý ${name(written)}`)
      .replace(/\s?[+&]\s?/g, ' và ')
      .replace(/\s?-\s?/g, ' đến ')
      .replace(/\s?,\s?/g, ', ')
      .replace(/^(?=\p{L})/u, ' ');
    const tail = match[3] ? ` năm ${yearWords(match[3], context.settings)}` : '';
    return { end: endOf(match), spoken: `${name(match[1] ?? '')}${rest.replace(/\s+/g, ' ')}${tail}` };
  },
};
