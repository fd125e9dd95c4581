import { integerWords } from '../words/integer-words.js';
import { numberWords } from '../words/number-forms.js';
import { dayWords } from './date-parts.js';
import {
  ahead,
  behind,
  endOf,
  sticky,
  stickyAnyCase,
  type Found,
  type Rule,
  type RuleContext,
} from '../words/rule-context.js';

const AFTER = String.raw`(?![\p{L}\p{M}\p{N}]|[.:]\d)`;
const HOUR = String.raw`\d{1,2}\s?(?:[hHgG]|giờ|:)`;
/** 7h30h: a second h after the minutes is a slip that says nothing. */
const MIN = String.raw`(?:\s?(?:phút|['’′pP]{1,2}|ph)(?!\p{L})|[hHgG](?!\p{L}|\s?\d))?`;
const CLOCK = String.raw`\d{1,2}(?:\s?(?:[hH]|giờ)\s?(?:[:.]?[0-5]\d(?!\/\d)${MIN}|\d\s?(?:phút|['’′pP])(?!\p{L}))?|\s?[gG]\s?[0-5]\d${MIN}|:[0-5]\d(?:\s?[hH](?!\p{L}))?${MIN})`;
const colons = sticky(String.raw`(\d{1,2}):([0-5]\d)(?::([0-5]\d))${AFTER}`);
const one = stickyAnyCase(String.raw`${CLOCK}${AFTER}`);
const range = stickyAnyCase(String.raw`(${CLOCK})\s?-\s?(${CLOCK})${AFTER}`);
/** 6-7h, 6 - 8 giờ: the first end borrows the unit of the second. */
const short = stickyAnyCase(String.raw`(\d{1,2})\s?-\s?(${HOUR}(?:[0-5]\d)?)${AFTER}`);
/** 'cách 4-6 giờ': a duration, not a time of day. */
const lasting = /(?:cách|cách nhau|trong|trong vòng|khoảng|mất|kéo dài|sau|mỗi|ngâm|ngủ|chờ|thêm|ít nhất|tối đa)\s*$/;
const hours = stickyAnyCase(String.raw`(\d{1,3})h?\s?-\s?(\d{2,3})\s?(?:h|giờ)${AFTER}`);
const minutes = sticky(String.raw`(\d{1,3})\s?(p|ph|['’′](?!['’′]))(?:\s?(\d{1,2})\s?(s|["”″]))?${AFTER}`);
const minuteRange = sticky(String.raw`(\d{1,3})\s?['’′]?\s?-\s?(\d{1,3})\s?(?:p|ph|['’′])${AFTER}`);
const hoursMinutes = stickyAnyCase(String.raw`(\d{1,2})h(\d{1,2})[p'](\d{1,2})s?${AFTER}`);
const seconds = sticky(String.raw`(\d{1,3}(?:[,.]\d+)?)(?:s|['’′]{2})${AFTER}`);
const noClock = sticky(String.raw`(\d{1,2})\s?[hH](\d{2})${MIN}${AFTER}`);
const long = sticky(String.raw`(\d{2,3})\s?[hH]${AFTER}`);

const halves = sticky(String.raw`(\d{1,2}):([0-5]\d)\s?([AaPp])\.?[Mm](?![\p{L}\p{N}])`);

export const timeRules: readonly Rule[] = [
  {
    // 6:30 AM, 7:00 PM on posters.
    name: 'time',
    pattern: halves,
    say(match, context) {
      const [, hour = '', minute, half = ''] = match;
      if (Number(hour) > 12) return undefined;
      const late = Number(hour) === 12 ? 'trưa' : Number(hour) < 6 ? 'chiều' : 'tối';
      return `${parts(context, hour, minute)} ${half.toLowerCase() === 'a' ? 'sáng' : late}`;
    },
  },
  {
    // Từ 6h ngày 3 - 18h ngày 8/1: the first number is a day.
    name: 'time-range',
    pattern: stickyAnyCase(String.raw`(\d{1,2})\s?-\s?(${CLOCK})(?=\sngày\s\d)`),
    say(match, context) {
      const to = clockWords(match[2] ?? '', context);
      return to === undefined || !/(?<!mỗi |hằng |hàng |một |\d )ngày\s$/.test(behind(context, match.index))
        ? undefined
        : `${dayWords(match[1] ?? '', context.settings)} đến ${to}`;
    },
  },
  { name: 'time-range', pattern: range, say: (match, context) => both(match, context) },
  {
    name: 'time-range',
    pattern: short,
    say(match, context) {
      const [, from = '', to = ''] = match;
      const second = clockWords(to, context);
      if (
        Number(from) > 24 ||
        second === undefined ||
        (to.includes(':') && !/từ\s*$/.test(behind(context, match.index)))
      )
        return undefined;
      const lasts = lasting.test(behind(context, match.index)) ? '' : ' giờ';
      return `${integerWords(from, context.settings)}${lasts} đến ${second}`;
    },
  },
  {
    // Ngâm 24-36h: more than a day is no time of day.
    name: 'duration',
    pattern: hours,
    say: (match, context) =>
      Number(match[2]) > 24 && Number(match[1]) < Number(match[2])
        ? `${integerWords(match[1] ?? '', context.settings)} đến ${integerWords(match[2] ?? '', context.settings)} giờ`
        : undefined,
  },
  {
    name: 'time',
    pattern: colons,
    say: (match, context) => (Number(match[1]) <= 24 ? parts(context, match[1], match[2], match[3]) : undefined),
  },
  { name: 'time', pattern: hoursMinutes, say: (match, context) => parts(context, match[1], match[2], match[3]) },
  {
    name: 'time',
    pattern: one,
    say(match, context): Found | undefined {
      // 6A-6H are classes.
      if (
        /\dH$/.test(match[0]) &&
        /\d\p{Lu}\s?-\s?$/u.test(context.text.slice(Math.max(0, match.index - 5), match.index))
      )
        return undefined;
      if (match[0].includes(':') && notClock(behind(context, match.index), ahead(context, endOf(match))))
        return undefined;
      const spoken = clockWords(match[0], context);
      return spoken === undefined ? undefined : { end: endOf(match), spoken };
    },
  },
  {
    // 8g-16g ngày 2/12: hours where a day or a power cut is mentioned, grammes elsewhere.
    name: 'time-range',
    pattern: stickyAnyCase(String.raw`(\d{1,2})g\s?-\s?(\d{1,2})g${AFTER}`),
    say: (match, context) =>
      Number(match[1]) < Number(match[2]) &&
      Number(match[2]) <= 24 &&
      (/^\s?\(?(?:ngày|hàng|hằng|mỗi|các|cùng|thứ|sáng|chiều|tối)/.test(ahead(context, endOf(match))) ||
        /(?:từ|lúc|sáng|chiều|tối|giờ|cúp điện|cúp nước|cắt điện|mất điện|thời gian|cấm xe|ngày \d{1,2}\/\d{1,2})\s?[:(,]?\s*$/.test(
          behind(context, match.index),
        ))
        ? `${integerWords(match[1] ?? '', context.settings)} giờ đến ${integerWords(match[2] ?? '', context.settings)} giờ`
        : undefined,
  },
  {
    name: 'time',
    pattern: stickyAnyCase(String.raw`(\d{1,2})g${AFTER}`),
    say: (match, context) =>
      Number(match[1]) <= 24 &&
      (/^(?:\s?-\s?\d{1,2}g\d\d|\s?(?:sáng|trưa|chiều|tối|đêm|ngày|hàng ngày|hằng ngày|cùng ngày))/.test(
        ahead(context, endOf(match)),
      ) ||
        /(?:lúc|vào|trước|sau|hồi|từ|khởi hành|bắt đầu|khai mạc|tập trung|đúng|hiệp|mở cửa|đóng cửa|xuất phát|\dg(?:\d\d)?\s?(?:đến|-|tới))\s*$/.test(
          behind(context, match.index),
        ))
        ? `${integerWords(match[1] ?? '', context.settings)} giờ`
        : undefined,
  },
  {
    // 25h30, 7h60: an error, read as written with a warning.
    name: 'time',
    pattern: noClock,
    say(match, context): Found | undefined {
      const [, hour = '', minute = ''] = match;
      const real = Number(hour) <= 24 && Number(minute) <= 59;
      return real ? undefined : { end: endOf(match), spoken: parts(context, hour, minute), warn: 'impossible-time' };
    },
  },
  { name: 'duration', pattern: long, say: (match, context) => `${integerWords(match[1] ?? '', context.settings)} giờ` },
  {
    name: 'duration',
    pattern: minuteRange,
    say: (match, context) =>
      Number(match[1]) < Number(match[2])
        ? `${integerWords(match[1] ?? '', context.settings)} đến ${integerWords(match[2] ?? '', context.settings)} phút`
        : undefined,
  },
  {
    name: 'duration',
    pattern: minutes,
    say(match, context) {
      const [, minute = '', mark = '', second] = match;
      // The mark may close a quotation: 'khóa 15'.
      if (/['’′]/.test(mark) && second === undefined && /(?:^|[\s(])['‘][^'’]*$/.test(behind(context, match.index)))
        return undefined;
      // Phút 12' of a match: the word 'phút' is not repeated.
      const unit = /phút (?:thứ )?$/.test(behind(context, match.index)) ? '' : ' phút';
      const head = `${integerWords(minute, context.settings)}${unit}`;
      return second === undefined || Number(second) === 0
        ? head
        : `${head} ${integerWords(second, context.settings)} giây`;
    },
  },
  {
    name: 'duration',
    pattern: seconds,
    say: (match, context) =>
      /[,.]/.test(match[1] ?? '') &&
      !/(?:hết|trong|đạt|thành tích|thời gian)\s*:?\s*$/.test(behind(context, match.index))
        ? undefined
        : `${numberWords(match[1] ?? '', context.settings)} giây`,
  },
];

/** A score, a scale or a verse can look like a time of day. */
function notClock(before: string, after: string): boolean {
  return /(?:tỷ số|tỉ số|tỷ lệ|tỉ lệ|thắng|thua|hòa|iso \d*)\s*$/.test(before) || /^\s?(?:phiếu|bàn)/.test(after);
}

function both(match: RegExpExecArray, context: RuleContext): Found | undefined {
  const from = clockWords(match[1] ?? '', context);
  const to = clockWords(match[2] ?? '', context);
  return from === undefined || to === undefined ? undefined : { end: endOf(match), spoken: `${from} đến ${to}` };
}

function clockWords(written: string, context: RuleContext): string | undefined {
  const [hour, minute] = written.match(/\d+/g) ?? [];
  if (hour === undefined || Number(hour) > 24) return undefined;
  return parts(context, hour, minute, undefined);
}

function parts(context: RuleContext, hour?: string, minute?: string, second?: string): string {
  const said = [`${integerWords(hour ?? '0', context.settings)} giờ`];
  if (Number(minute ?? 0) > 0) said.push(`${integerWords(minute ?? '', context.settings)} phút`);
  if (Number(second ?? 0) > 0) said.push(`${integerWords(second ?? '', context.settings)} giây`);
  return said.join(' ');
}
