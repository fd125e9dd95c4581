import { integerWords } from '../words/integer-words.js';
import {
  behind,
  endOf,
  NUMBER_END,
  sticky,
  stickyAnyCase,
  type Rule,
  type RuleContext,
} from '../words/rule-context.js';

const list = stickyAnyCase(
  String.raw`([2-7])((?:\s?(?:,|-|và|đến|hoặc)\s?(?:thứ\s)?[2-7](?![\p{L}\p{N}/]|\.\d)){1,6})(?![\p{N}/])`,
);
const one = stickyAnyCase(String.raw`(\d+)${NUMBER_END}`);
const weekday = sticky(
  String.raw`T([2-7])(?=\s?(?:[,;.:&()+-]|và|đến|tới|hàng|hằng|ngày|sáng|chiều|tối|tuần|$|\u001e|\d{1,2}[/h]))`,
);
const ordinalRange = sticky(String.raw`(\d{1,2})\s?-\s?(\d{1,2})${NUMBER_END}(?!\s?-\s?\d)`);
const after = /thứ\s*$/;

export const ordinalRules: readonly Rule[] = [
  {
    // Tháng thứ 1-6, người thứ 2 - 4.
    name: 'ordinal',
    pattern: ordinalRange,
    say(match, context) {
      const [, from = '', to = ''] = match;
      if (!after.test(behind(context, match.index)) || Number(from) >= Number(to)) return undefined;
      return `${ordinalName(from, context)} đến thứ ${ordinalName(to, context)}`;
    },
  },
  {
    name: 'weekday',
    pattern: list,
    say(match, context) {
      if (!after.test(behind(context, match.index))) return undefined;
      const name = (digit: string): string => weekdayName(digit, context);
      // Thứ 2 - 4 - 6 is a list of three days, thứ 2 - 6 a range of five.
      const dash = (match[2] ?? '').split('-').length > 2 ? ', ' : ' đến ';
      const rest = (match[2] ?? '')
        .toLowerCase()
        .replace(/thứ\s/g, '')
        .replace(/\s?-\s?/g, dash)
        .replace(/\s?,\s?/g, ', ')
        .replace(/\d/g, (digit) => `thứ ${name(digit)}`);
      return `${name(match[1] ?? '')}${rest}`.replace(/\s+/g, ' ');
    },
  },
  {
    name: 'ordinal',
    pattern: one,
    say(match, context) {
      return after.test(behind(context, match.index)) ? ordinalName(match[1] ?? '', context) : undefined;
    },
  },
];

function ordinalName(digits: string, context: RuleContext): string {
  if (Number(digits) === 1) return 'nhất';
  return Number(digits) === 4 ? 'tư' : integerWords(digits, context.settings);
}

/** T2 … T7 in a timetable; the letter and the digit are read together. */
export const weekdayRule: Rule = {
  name: 'weekday',
  pattern: weekday,
  say: (match, context) =>
    noWeekday.test(behind(context, match.index))
      ? undefined
      : {
          end: endOf(match),
          spoken: `thứ ${weekdayName(match[1] ?? '', context)}`,
        },
};

/** T2-4-6, T2,4,6, T2-T6: one T may serve several days; a dash between two days is a range. */
export const weekdaysRule: Rule = {
  name: 'weekday',
  pattern: sticky(String.raw`T[2-7](?:(?:\s?-\s?T?[2-7]){1,5}|(?:,\s?T?[2-7]){2,5})(?![\p{L}\p{N}]|[.,/-]\d)`),
  say(match, context) {
    const days = match[0].match(/[2-7]/g) ?? [];
    const rising = days.every((day, index) => index === 0 || Number(day) > Number(days[index - 1]));
    if (!rising || noWeekday.test(behind(context, match.index))) return undefined;
    return days.map((day) => `thứ ${weekdayName(day, context)}`).join(days.length === 2 ? ' đến ' : ', ');
  },
};

function weekdayName(digit: string, context: RuleContext): string {
  return digit === '4' ? 'tư' : integerWords(digit, context.settings);
}

const noWeekday = /(?:trụ|tuyến|lô|nhà|tầng|khu|tòa|mố|trạm|tba|trạm biến áp|cột|mốc|gói|mẫu|mã|ký hiệu)\s*$/;
/** 'T2 họp giao ban; T4 kiểm tra': weekdays that begin the items of a timetable. */
export const weekdayPointRule: Rule = {
  name: 'weekday',
  pattern: sticky(String.raw`T([2-7])(?=\s\p{Ll})`),
  say: (match, context) =>
    /(?:^|[;:,.(]|và|sáng|chiều|tối|riêng|trừ|kể cả|chỉ|nghỉ|vào|họp|học)\s*$/.test(behind(context, match.index)) &&
    !noWeekday.test(behind(context, match.index))
      ? `thứ ${weekdayName(match[1] ?? '', context)}`
      : undefined,
};
