import { integerWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import { NUMBER, numberWords } from '../words/number-forms.js';
import {
  ahead,
  behind,
  END,
  endOf,
  sticky,
  stickyAnyCase,
  type Found,
  type Rule,
  type RuleContext,
} from '../words/rule-context.js';
import { countedAfter, partLike } from './date-context.js';
import { isRealDate } from './date-parts.js';

const NOT_MORE = String.raw`(?![\p{N}]|[.,]\d)`;
const always = stickyAnyCase(String.raw`24\s?\/\s?(24|7)(\s?(?:h|giờ))?${END}`);
const scale = sticky(String.raw`(\d{1,2})\s?[/:]\s?(\d[\d.]*)${NOT_MORE}`);
const mixed = sticky(String.raw`(\d{1,3})\s(\d{1,2})\/(\d{1,2})(?![\p{L}\p{N}/]|[.,]\d)`);
const fraction = sticky(String.raw`(${NUMBER})\s?\/\s?(${NUMBER})(?!\/)`);
const numberOfYear = sticky(String.raw`(\d{1,2})\s?[/-]\s?((?:19|20)\d{2})${NOT_MORE}`);
const slashed = sticky(String.raw`\d+\p{L}?(?:\/\d+\p{Lu}?){1,6}${END}`);

const onDuty =
  /(?:trực|phục vụ|hoạt động|hỗ trợ|mở cửa|liên tục|tổng đài|hotline|đường dây nóng|tiếp nhận|túc trực|giám sát|tuần tra|ứng trực)\s*:?\s*$/;
/** A telephone number comes before: '19006769 (24/7)', 'hỗ trợ khách hàng 24/7'. */
const dialledBefore =
  /(?:\d{3}\s?|24\/24(?:\s?h)?\s?,\s?|(?:tổng đài|hotline|đường dây nóng|cskh|trực|hỗ trợ|phục vụ|tư vấn|liên hệ|tiếp nhận|phản ánh|hoạt động|camera)[^.;\d]{0,30})[(,-]?\s?$/;
const dayBefore = /(?:ngày|sáng|trưa|chiều|tối|đêm|lễ|đến|từ|dịp|kỷ niệm|trước|sau|vào|hôm)\s*$/;
const ratioWord = /(?:tỷ lệ|tỉ lệ|tl|bản đồ|quy hoạch chi tiết|quy hoạch)\s*:?\s*$/;
const lane = /(?:số nhà|nhà số|ngõ|ngách|hẻm|kiệt|địa chỉ|đ\/c|thửa|lô|kiốt)\s*:?\s*(?:số\s*)?$/;
/** Lớp 1/3, lớp 4/2 và 5/1: class 1/3 is the third class of grade one. */
const classWord = /(?:^|[\s(,])lớp\s*:?\s*(?:\d{1,2}\/\d{1,2}\s?(?:,|và|-|đến)\s?)*$/;
const houseWord = /(?:^|[\s(,:])(?:nhà|(?<!đổi |ký |nghệ |tế |dân |hội )số|sn)\s*:?\s*$/;
const streetAhead = /^\s?,?\s?(?:đường|phố|ngõ|ngách|hẻm|khu|quốc lộ)/;

/** 24/7 can be a day of July, so this rule is tried before the dates. */
export const aroundTheClockRule: Rule = {
  name: 'number',
  pattern: always,
  say(match, context) {
    const before = behind(context, match.index);
    const alone = context.text.trim() === match[0];
    if (match[1] === '7' && !alone && !onDuty.test(before) && (!dialledBefore.test(before) || dayBefore.test(before)))
      return undefined;
    return `${say('24', context)} trên ${say(match[1], context)}${match[2] === undefined ? '' : ' giờ'}`;
  },
};

export const slashRules: readonly Rule[] = [
  {
    // Tuần 48/2026, kỳ 2/2026: the second number is the year.
    name: 'ordinal',
    pattern: numberOfYear,
    say: (match, context) =>
      /(?:tuần|kỳ|kì|đợt|lần|vòng|khóa|quý|học kỳ|phiên)\s*(?:thứ|số)?\s*$/.test(behind(context, match.index))
        ? `${say(match[1], context)} năm ${say(match[2], context)}`
        : undefined,
  },
  {
    // Kinh phí 50/50: equal shares, both numbers are read.
    name: 'ratio',
    pattern: sticky(String.raw`50\s?\/\s?50${END}`),
    say: (match, context) =>
      countedAfter(ahead(context, endOf(match))) ? undefined : `${say('50', context)} ${say('50', context)}`,
  },
  {
    name: 'ratio',
    pattern: scale,
    say(match, context) {
      const map = /^1(?:\s?\/\s?|:)\d[\d.]*0{2,}$/.test(match[0]);
      if (!map && !ratioWord.test(behind(context, match.index))) return undefined;
      return `${say(match[1], context)} trên ${numberWords(match[2] ?? '', context.settings)}`;
    },
  },
  {
    name: 'fraction',
    pattern: mixed,
    say(match, context) {
      if (!isPart(match[2], match[3]) || /(?:số|ngõ|ngày|tổ|mùng)\s*$/.test(behind(context, match.index)))
        return undefined;
      return `${say(match[1], context)} và ${part(match[2], match[3], context)}`;
    },
  },
  { name: 'house-number', pattern: slashed, say: (match, context) => house(match, context) },
  { name: 'fraction', pattern: fraction, say: (match, context) => fractionOrCount(match, context) },
];

function say(digits: string | undefined, context: RuleContext): string {
  return integerWords(digits ?? '', context.settings);
}

function house(match: RegExpExecArray, context: RuleContext): Found | undefined {
  const many = match[0].split('/').length > 2 || /\p{L}/u.test(match[0]);
  const before = behind(context, match.index);
  const placed =
    lane.test(before) ||
    classWord.test(before) ||
    houseWord.test(before) ||
    streetAhead.test(ahead(context, endOf(match)));
  if (!many && !placed) return undefined;
  const { houseSlash } = context.settings;
  const spoken = match[0].split('/').map((piece) => {
    const [, digits = '', letter = ''] = /^(\d+)(\p{L}?)$/u.exec(piece) ?? [];
    return `${say(digits, context)} ${letter && (spell(letter) ?? letter)}`.trim();
  });
  return { end: endOf(match), spoken: spoken.join(houseSlash === 'pause' ? ', ' : ` ${houseSlash} `) };
}

function isPart(top: string | undefined, bottom: string | undefined): boolean {
  return Number(top) > 0 && Number(bottom) > 1 && Number(bottom) <= 100 && Number(top) < Number(bottom);
}

function part(top: string | undefined, bottom: string | undefined, context: RuleContext): string {
  return `${say(top, context)} phần ${Number(bottom) === 4 ? 'tư' : say(bottom, context)}`;
}

/** 2/3 số hộ is two thirds; 10/12 thôn counts ten of twelve; 1/2 without context is read as a half with a warning. */
function fractionOrCount(match: RegExpExecArray, context: RuleContext): Found {
  const [, top = '', bottom = ''] = match;
  const end = endOf(match);
  const whole = /^\d+$/.test(top) && /^\d+$/.test(bottom);
  const below = Number(bottom);
  const counts = below > 4 && countedAfter(ahead(context, end));
  const alone = !/\p{L}/u.test(context.text);
  const small = below > 1 && below <= 10 && (Number(top) < below || alone);
  if (whole && !counts && (small || (alone && below < 100))) {
    const couldBeDay =
      !alone && isRealDate(Number(top), below) && !partLike(behind(context, match.index), ahead(context, end));
    return { end, spoken: part(top, bottom, context), ...(couldBeDay ? { warn: 'ambiguous' as const } : {}) };
  }
  return { end, spoken: `${numberWords(top, context.settings)} trên ${numberWords(bottom, context.settings)}` };
}
