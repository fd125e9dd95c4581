import { ahead, behind, endOf, stickyAnyCase, type Found, type Rule } from '../words/rule-context.js';
import { countedAfter, countsDays, guessDate, partLike } from './date-context.js';
import { dayWords, isNearDate, isRealDate, monthWords, yearWords } from './date-parts.js';

const DAY = String.raw`\d{1,2}`;
/** 1, 2 và 3/9; 02 và 03/9; 1-15/8/2020; 28, 29-30/4. */
const days = stickyAnyCase(
  String.raw`((?:${DAY}\s?(?:,|;|-|và|đến|tới|hoặc|&|\+)\s?(?:ngày\s)?){1,15})(${DAY})\/(${DAY})(?:[/-]((?:1[89]|20|21)\d{2}))?(?![\p{L}\p{M}\p{N}%]|[.,]\d|\/[\p{L}\p{N}])`,
);

const beforeMonth = stickyAnyCase(
  String.raw`((?:${DAY}\s?(?:,|-|và|đến|hoặc)\s?){1,15})(${DAY})(?=\s(?:tháng|âm lịch|tết)(?!\p{L}))`,
);

/** ngày 8, 9 và 10 tháng 3. */
export const daysBeforeMonthRule: Rule = {
  name: 'day',
  pattern: beforeMonth,
  say(match, context) {
    const all = match[0].match(/\d+/g) ?? [];
    if (!/ngày\s*$/.test(behind(context, match.index)) || all.some((day) => Number(day) < 1 || Number(day) > 31))
      return undefined;
    return match[0]
      .toLowerCase()
      .replace(/\s?-\s?/g, ' đến ')
      .replace(/\s?,\s?/g, ', ')
      .replace(/(và|đến|hoặc)(?=\d)/g, '$1 ')
      .replace(/\d+/g, (day) => dayWords(day, context.settings))
      .replace(/\s+/g, ' ');
  },
};

/** Ngày 22 và 23-11; ngày 6, 7 và 8-11: a dash instead of the slash. */
const dashed = stickyAnyCase(
  String.raw`((?:${DAY}\s?(?:và|,|&)\s?(?:ngày\s)?){1,8})(${DAY})-(${DAY})(?:-((?:1[89]|20|21)\d{2}))?(?![\p{L}\p{M}\p{N}/-]|[.,]\d|\stháng)`,
);
/** A month named beside the days leaves nothing for the number behind the dash but the end of a range. */
const monthNamed = /tháng\s(?:\d|này|tới|sau|trước|giêng|chạp)/;
const dayNoun = /(?:ngày|sáng|trưa|chiều|tối|đêm)\s*:?\s*$/;

export const dashedDaysRule: Rule = {
  name: 'date-list',
  pattern: dashed,
  say(match, context) {
    const [, list = '', last = '', month = '', year] = match;
    const before = behind(context, match.index);
    const after = ahead(context, endOf(match));
    const all = [...(list.match(/\d+/g) ?? []), last];
    const rising = all.every((day, n) => n === 0 || Number(day) > Number(all[n - 1]));
    const real = all.every((day) => isRealDate(Number(day), Number(month)));
    if (!rising || !real || !dayNoun.test(before) || /(?:mỗi|hằng|hàng|một) ngày\s*$/.test(before)) return undefined;
    // 'ngày 6 và 7-11': the days follow each other, so 7-11 is the seventh of November; 'ngày 3, 7-11' may be a range.
    const consecutive = Number(last) === Number(all.at(-2)) + 1 || /(?:và|&)\s?(?:ngày\s)?$/i.test(list);
    const isDate = Number(last) > Number(month) || year !== undefined || (consecutive && !countedAfter(after));
    if (!isDate || (year === undefined && monthNamed.test(before + after))) return undefined;
    const { settings } = context;
    const many = /(?:các|những|hai|ba|bốn|năm|\d) ngày\s*:?\s*$/.test(before);
    const said = `${list}${last}`
      .toLowerCase()
      .replace(/ngày\s/g, '')
      .replace(/\s?,\s?/g, ', ')
      .replace(/\s?(?:và|&)\s?(\d+)/g, many ? ' và $1' : ' và ngày $1')
      .replace(/\d+/g, (day) => dayWords(day, settings));
    const tail = year === undefined ? '' : ` năm ${yearWords(year, settings)}`;
    const lead = /ngày\s*:?\s*$/.test(before) ? '' : 'ngày ';
    return `${lead}${said} tháng ${monthWords(month, settings)}${tail}`;
  },
};

/** Tháng 7; 15/7 and tổ 7, 15/8/2024: the first number belongs to the preceding word. */
const ofSomethingElse =
  /(?:thứ|tháng|tổ|tdp|tổ dân phố|thôn|xóm|khối|khối phố|khu|khu phố|ấp|lớp|số|điều|khoản|mục|cấp|bài|đội|phòng|ngõ)\s*$/;

/** Days of one month; only the last one carries the month. */
export const dateListRule: Rule = {
  name: 'date-list',
  pattern: days,
  say(match, context): Found | undefined {
    const [, list = '', last = '', month = '', year] = match;
    const before = behind(context, match.index);
    const all = [...(list.match(/\d+/g) ?? []), last];
    if (ofSomethingElse.test(before) || !all.every((day) => isNearDate(day, month))) return undefined;
    const real = all.every((day) => isRealDate(Number(day), Number(month), year ? Number(year) : undefined));
    // 'ngày 30-31/9', 'ngày 15-5/8': meant as days, but they do not exist or are out of order.
    const named = /ngày\s*$/.test(before) && !countsDays(before);
    const backwards = /^\d+\s?-\s?$/.test(list) && Number(all[0]) >= Number(last);
    const slip = named && (!real || (!year && backwards));
    if (!real && !slip) return undefined;
    if (!year && !slip && !daysByContext(before, ahead(context, endOf(match)), list, all)) return undefined;
    const { settings } = context;
    // 'các ngày 10, 11 và 12/8': 'các ngày' applies to all of them.
    const many = /(?:các|những|hai|ba|bốn|năm|\d) ngày\s*:?\s*$/.test(before);
    const said = `${list}${last}`
      .toLowerCase()
      .replace(/ngày\s/g, '')
      .replace(/\s?-\s?/g, ' đến ')
      .replace(/\s?[,;]\s?/g, ', ')
      .replace(/\s?[&+]\s?/g, ' và ')
      .replace(/đến\s?(\d+)/g, 'đến ngày $1')
      .replace(/và\s*(\d+)/g, many ? 'và $1' : 'và ngày $1')
      .replace(/\d+/g, (day) => dayWords(day, settings));
    // 'từ đêm 27 đến ngày 29/9': the part of the day replaces the word 'ngày'.
    const lead = /(?:ngày|mùng|mồng|đêm|sáng|trưa|chiều|tối)\s*$/.test(before) ? '' : 'ngày ';
    const tail = year === undefined ? '' : ` năm ${yearWords(year, settings)}`;
    const mung = /(?:mùng|mồng)\s*$/.test(before);
    return {
      end: endOf(match),
      ...(slip ? { warn: 'impossible-date' as const } : {}),
      spoken: `${lead}${mung ? said.replace(/^mùng /, '') : said} tháng ${monthWords(month, settings)}${tail}`
        .replace(/\s+/g, ' ')
        .trim(),
    };
  },
};

function daysByContext(before: string, after: string, list: string, all: readonly string[]): boolean {
  const padded = all.some((day) => day.startsWith('0'));
  const rising = all.every((day, index) => index === 0 || Number(day) > Number(all[index - 1]));
  if (padded || !rising) return padded;
  const oneSpan = /^\d+\s?-\s?$/.test(list) && !partLike(before, after) && !countedAfter(after);
  return oneSpan || guessDate(before, after, '', '') === 'day';
}
