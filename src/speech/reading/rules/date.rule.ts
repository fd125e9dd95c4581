import { integerWords } from '../words/integer-words.js';
import { ahead, behind, endOf, stickyAnyCase, type Found, type Rule, type RuleContext } from '../words/rule-context.js';
import {
  countedAfter,
  countsDays,
  guessDashedDate,
  guessDate,
  namesPlace,
  partLike,
  placesHouse,
} from './date-context.js';
import { dashedDaysRule, dateListRule, daysBeforeMonthRule } from './date-list.rule.js';
import { dayWords, fullYear, isNearDate, isRealDate, monthWords, yearWords } from './date-parts.js';

const DAY = String.raw`\d{1,2}`;
const YEAR = String.raw`(?:1[89]|20|21)\d{2}`;
const NO_MORE = String.raw`(?![\p{L}\p{M}\p{N}%]|[.,]\d|\/[\p{L}\p{N}])`;
const full = stickyAnyCase(
  String.raw`(${DAY})\s?([/.-])\s?(${DAY})(?:\s?\2{1,2}\s?(?:năm\s)?|(?<=\/\d{1,2})-)(?:(${YEAR})(?![\p{L}\p{M}\p{N}%/])|(?<!\2\2|-)(\d{2})${NO_MORE})`,
);
const iso = stickyAnyCase(String.raw`(${YEAR})([-/.])(${DAY})\2(${DAY})${NO_MORE}`);
const dayMonth = stickyAnyCase(String.raw`(${DAY})([/.-]|\s\/\s)(${DAY})${NO_MORE}`);

/** Từ 1.8 đến 15.8, ngày 30.4 và 1.5: a dot instead of the slash. */
const dottedPair = stickyAnyCase(
  String.raw`(${DAY})\.(${DAY})(\s?(?:-|đến|và|,)\s?(?:hết\s)?)(?:ngày\s)?(${DAY})\.(${DAY})${NO_MORE}(?!\s?(?:%|triệu|tỷ|nghìn|đồng|đ|mét|m|cm|km|kg|tấn|ha|độ|°|lần|điểm|lít|giờ)(?!\p{L}))`,
);

const CYCLE = String.raw`(?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý)\s(?:tý|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi)`;
/** 12/10/Bính Ngọ, 25 /3/ năm Quý Mão, 10-3 năm Nhâm Thìn. */
const moonDate = stickyAnyCase(String.raw`(${DAY})\s?[/.-]\s?(${DAY})\s?[/,.-]?\s?(?=(?:năm\s)?${CYCLE})`);
/** 12/Giêng, 23 / Chạp, 15-Giêng-Giáp Thìn: a month of the moon by its name. */
const namedMoonMonth = stickyAnyCase(
  String.raw`(${DAY})\s?[/.-]\s?(?:tháng\s)?(giêng|chạp)(?![\p{L}\p{M}\p{N}])(?:\s?[/,-]\s?(?=(?:năm\s)?${CYCLE}|(?:âm lịch|âl)))?`,
);

export const dateRules: readonly Rule[] = [
  {
    name: 'date',
    pattern: full,
    say(match, context): Found | undefined {
      const [, day = '', mark, month = '', whole, short = ''] = match;
      const before = behind(context, match.index);
      if (whole === undefined && (mark !== '/' || !meansShortDate(match, context, before))) return undefined;
      // Ngõ 40/15/2012 is a house address, 13/13/2024 a typing error.
      if (whole !== undefined && !isNearDate(day, month) && (mark !== '/' || placesHouse(before))) return undefined;
      return sayDate(match, context, day, month, fullYear(whole ?? short));
    },
  },
  {
    name: 'date',
    pattern: iso,
    say: (match, context) => {
      const [, year = '', , month = '', day = ''] = match;
      return isRealDate(Number(day), Number(month), Number(year))
        ? sayDate(match, context, day, month, year)
        : undefined;
    },
  },
  {
    // 12/10/Bính Ngọ: a lunar date with the year of the sexagenary cycle.
    name: 'date',
    pattern: moonDate,
    say: (match, context) =>
      isNearDate(match[1] ?? '', match[2] ?? '') ? sayDate(match, context, match[1] ?? '', match[2] ?? '') : undefined,
  },
  {
    name: 'date',
    pattern: namedMoonMonth,
    say(match, context): Found | undefined {
      const [, day = '', month = ''] = match;
      if (Number(day) < 1 || Number(day) > 30) return undefined;
      const before = behind(context, match.index);
      const lead = /(?:ngày|mùng|mồng)\s*:?\s*$/.test(before) ? '' : 'ngày ';
      const dayName = dayWords(day, context.settings).replace(/^mùng /, (mung) =>
        /(?:mùng|mồng)\s*$/.test(before) ? '' : mung,
      );
      const named = month.toLowerCase() === 'giêng' ? 'Giêng' : 'Chạp';
      return { end: endOf(match), spoken: `${lead}${dayName} tháng ${named}` };
    },
  },
  {
    name: 'date',
    pattern: dottedPair,
    say(match, context): Found | undefined {
      const [, day = '', month = '', joint = '', lastDay = '', lastMonth = ''] = match;
      const before = behind(context, match.index);
      const real = isRealDate(Number(day), Number(month)) && isRealDate(Number(lastDay), Number(lastMonth));
      if (!real || !/(?:ngày|từ|lễ|nghỉ|dịp)\s*$/.test(before)) return undefined;
      const said = (one: string, other: string): string =>
        `ngày ${dayWords(one, context.settings)} tháng ${monthWords(other, context.settings)}`;
      const between = joint.trim().replace('-', 'đến').replace(/^,/, ' ,');
      const spoken = `${said(day, month)} ${between} ${said(lastDay, lastMonth)}`.replace(' ,', ',');
      return { end: endOf(match), spoken: /ngày\s*$/.test(before) ? spoken.replace(/^ngày /, '') : spoken };
    },
  },
  dateListRule,
  dashedDaysRule,
  daysBeforeMonthRule,
  {
    name: 'date',
    pattern: dayMonth,
    say(match, context): Found | undefined {
      const [, day = '', spacedMark = '', month = ''] = match;
      const mark = spacedMark.trim();
      const before = behind(context, match.index);
      const after = ahead(context, endOf(match));
      // Đường 3/2, Bệnh viện 19-8: a name, said without 'ngày'.
      if (namesPlace(before, day, month)) {
        return {
          end: endOf(match),
          spoken: `${integerWords(day, context.settings)} tháng ${monthWords(month, context.settings)}`,
        };
      }
      if (mark === '-') return dashedDate(match, context, day, month);
      const bracketed =
        /(?:nay|mai|kia|qua|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\s\(\s?$/.test(before) && after.startsWith(')');
      if (mark !== '/' && !bracketed && !/(?:ngày|mùng|mồng)\s*$/.test(before)) return undefined;
      const named = /(?:ngày|mùng|mồng|rằm)\s*:?\s*$/.test(before);
      if (!isRealDate(Number(day), Number(month))) {
        return meansNoDay(before, after, day, month) ? sayDate(match, context, day, month) : undefined;
      }
      // 12/5 Nguyễn Trãi: a house number, unless a word indicates a date.
      const street = /^ \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}/u.test(context.text.slice(endOf(match), endOf(match) + 24));
      if (street && !named && /(?:^|[,;:(-]|tại|ở)\s*$/.test(before) && !/\d\s*[,;(-]?\s*$/.test(before))
        return undefined;
      const guess = named ? 'day' : guessDate(before, after, day, month);
      if (guess === 'no-day' || (guess === 'likely-day' && mark !== spacedMark)) return undefined;
      const said = sayDate(match, context, day, month);
      return said && guess === 'likely-day' ? { ...said, warn: 'ambiguous' } : said;
    },
  },
];

/** 'ngày 12-8', 'lễ 2-9', as newspapers write; 'ngày 5-6 tháng 9' is two days and '2-1' a score. */
function dashedDate(match: RegExpExecArray, context: RuleContext, day: string, month: string): Found | undefined {
  if (!isRealDate(Number(day), Number(month))) return undefined;
  const guess = guessDashedDate(behind(context, match.index), ahead(context, endOf(match)), day, month);
  if (guess === 'no-day') return undefined;
  const said = sayDate(match, context, day, month);
  return said && guess === 'likely-day' ? { ...said, warn: 'ambiguous' } : said;
}

/** 5/8/24 is a date only where a word says so; elsewhere it may be a house address. */
function meansShortDate(match: RegExpExecArray, context: RuleContext, before: string): boolean {
  const [, day = '', , month = ''] = match;
  if (/ngày\s*$/.test(before)) return isNearDate(day, month);
  const end = endOf(match);
  const street = /^\s?,? ?\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}/u.test(context.text.slice(end, end + 24));
  return (
    !street && isRealDate(Number(day), Number(month)) && guessDate(before, ahead(context, end), day, month) === 'day'
  );
}

/** Ngày 32/1, đến 35/8: meant as a date that does not exist; 'mỗi ngày 20/30 hộ' and 'đến 35/40 hộ' are not dates. */
function meansNoDay(before: string, after: string, day: string, month: string): boolean {
  if (countedAfter(after) || partLike(before, after) || countsDays(before)) return false;
  if (/(?:ngày|mùng|mồng|rằm)\s*:?\s*$/.test(before)) return Number(day) > 0 && Number(month) > 0;
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) <= 39 && guessDate(before, after, '', '') === 'day';
}

function sayDate(
  match: RegExpExecArray,
  context: RuleContext,
  day: string,
  month: string,
  year?: string,
): Found | undefined {
  const { settings } = context;
  const real = isRealDate(Number(day), Number(month), year === undefined ? undefined : Number(year));
  const before = behind(context, match.index);
  const mung = /(?:mùng|mồng)\s*$/.test(before);
  const lead = /(?:ngày|mùng|mồng)\s*:?\s*$/.test(before) ? '' : 'ngày ';
  const dayName = mung ? dayWords(day, settings).replace('mùng ', '') : dayWords(day, settings);
  return {
    end: endOf(match),
    spoken: `${lead}${dayName} tháng ${monthWords(month, settings)}${yearTail(year, context)}`,
    ...(real ? {} : { warn: 'impossible-date' as const }),
  };
}

function yearTail(year: string | undefined, context: RuleContext): string {
  return year === undefined ? '' : ` năm ${yearWords(year, context.settings)}`;
}
