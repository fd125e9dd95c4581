import { digitWords, integerWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import { NUMBER, numberWords, valueOf } from '../words/number-forms.js';
import { ahead, behind, END, endOf, sticky, type Found, type Rule, type RuleContext } from '../words/rule-context.js';

const range = sticky(String.raw`(${NUMBER})(\s?)[-÷](\s?)(${NUMBER})(?![\p{N}/]|[.,-]\d)`);
const score = sticky(String.raw`(\d{1,3})\s?[-:]\s?(\d{1,3})${END}`);
const versioned = sticky(String.raw`\d+(?:(?:\.\d+){2,8}|(?:\.\d+){0,8}\.[a-zđ](?![\p{L}\p{N}]|\.[\p{L}\p{N}]))`);
const grouped = sticky(String.raw`\d+(?:[\s.-]\d+){1,8}${END}`);
const plain = sticky(NUMBER);

const scoreWord =
  /(?:tỷ số|tỉ số|thắng|thua|hòa|đánh bại|dẫn trước|kết quả|với điểm)\s*:?\s*(?:[\p{L}\s]{1,20}(?:\s\d{1,2})?\s)?$/u;
/** Numbers of documents, cards and accounts are read digit by digit. */
const codeWord =
  /(?<!\p{L})(?:cccd|cmnd|căn cước(?: công dân)?|chứng minh(?: thư| nhân dân)?|tài khoản|stk|số tk|tk|mã(?:\s[\p{L}]+){0,3}|mst|mã số thuế|hộ chiếu|thẻ(?: bhyt)?|sổ|seri|imei|giấy phép|hồ sơ|mật khẩu|pass|id|sbd|số báo danh|định danh|công tơ|đồng hồ|số máy|vận đơn|biên lai|hóa đơn số)\s*(?:số)?\s*:?\s*(?:[a-zđ]{1,3}\s)?$/u;
const goesOn = /^\s?(?:&|và)\s?\d{1,3}(?!\d|[.,]\d|%)/;
const scaledBy = /^\s?(?:triệu|tỷ|tỉ|nghìn|ngàn|vạn|độ|điểm|lần|mét|ki|tấn|tạ|lít|giờ|phút|phần)/;

const amountBefore = /(?:điểm|hệ số|[<>≤≥=]|đạt|khoảng|trung bình|bình quân)\s*$/;

const listed = sticky(String.raw`\d{1,3}(?:,\d{1,3}){1,20}(?![\p{N}%]|[.,]\d)`);
/** Numbered nouns: 'tổ 1,2,3' is a list, 'dài 1,2' a length. */
const numbered =
  /(?:khối|tổ|lớp|(?<!hệ |chỉ |tỷ |tỉ |dân |tham |hằng )số|ngày|quận|phường|tdp|tổ dân phố|thôn|điều|khoản|điểm|mục|chương|thứ|mũi|đợt|khu|lô|thửa|ô|tuyến|cụm|các|xóm|đội|tầng|phòng|giải|loại|nhóm|hạng|(?<!phụ |trợ |lương |cung )cấp|bậc|bài|câu|trang|tháng|quý)\s*$/;

/** 1 000 000: thousands separated by spaces; certain only with two groups or one group of zeros. */
const spaced = sticky(String.raw`[1-9]\d{0,2}(?:(?:\s\d{3}){2,6}|\s000)${END}`);

/** NPK 16-16-8: the parts of a mixture. */
const mixture = sticky(String.raw`\d{1,2}([-:])\d{1,2}\1\d{1,2}(?![\p{L}\p{N}]|[.,/-]\d)`);

export const numberRules: readonly Rule[] = [
  {
    // 3751.0.1094567: an account of the treasury; no version or amount is grouped this way.
    name: 'number',
    pattern: sticky(String.raw`\d{2,4}(?:\.\d{1,3}){1,3}\.\d{5,8}(?:\.\d{2,5})?${END}`),
    say: (match) => digitWords(match[0].replace(/\./g, '')),
  },
  {
    name: 'list-of-numbers',
    pattern: mixture,
    say: (match, context) =>
      match[0].includes(':') && !/npk\s*:?\s*$/.test(behind(context, match.index))
        ? undefined
        : match[0]
            .split(/[-:]/)
            .map((part) => say(part, context))
            .join(', '),
  },
  {
    name: 'number',
    pattern: spaced,
    say: (match, context) =>
      codeWord.test(behind(context, match.index))
        ? undefined
        : integerWords(match[0].replace(/\s/g, ''), context.settings),
  },
  {
    name: 'list-of-numbers',
    pattern: listed,
    say(match, context) {
      const all = match[0].split(',');
      const rising = all.every((item, index) => index === 0 || Number(item) > Number(all[index - 1]));
      const short = all.every((item) => item.length < 3 && item !== '00');
      if (
        !short ||
        !rising ||
        (all.length < 3 && !numbered.test(behind(context, match.index)) && !alertLevels(match, context))
      )
        return undefined;
      return all.map((item) => say(item, context)).join(', ');
    },
  },
  {
    name: 'score',
    pattern: score,
    say: (match, context) =>
      scoreWord.test(behind(context, match.index)) ? `${say(match[1], context)} ${say(match[2], context)}` : undefined,
  },
  {
    name: 'code',
    pattern: grouped,
    say: (match, context) =>
      match[0].replace(/\D/g, '').length >= 6 && codeWord.test(behind(context, match.index))
        ? match[0]
            .split(/[\s.-]/)
            .map(digitWords)
            .join(', ')
        : undefined,
  },
  {
    // 042 190 001 234: no amount has a leading zero.
    name: 'code',
    pattern: sticky(String.raw`0\d{2}(?:[\s.]\d{3}){2,4}${END}`),
    say: (match) => match[0].split(/[\s.]/).map(digitWords).join(', '),
  },
  {
    name: 'range',
    pattern: range,
    say(match, context): Found | undefined {
      const [, from = '', left, right, to = ''] = match;
      // '10 -20' is ten, then minus twenty, in a table; a range has spaces on both sides or none.
      if (left === '' && right !== '') return undefined;
      // '2 - 1' descends: a score, or two separate numbers.
      const joint = valueOf(from) > valueOf(to) ? ',' : valueOf(from) === valueOf(to) ? '' : ' đến';
      const spoken = `${numberWords(from, context.settings)}${joint} ${numberWords(to, context.settings)}`;
      return { end: endOf(match), spoken };
    },
  },
  {
    name: 'section',
    pattern: versioned,
    say(match, context) {
      const thousands = /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(match[0]);
      const parts = match[0].split('.');
      return thousands
        ? undefined
        : parts.map((part) => (/\d/.test(part) ? say(part, context) : (spell(part) ?? part))).join(' chấm ');
    },
  },
  { name: 'number', pattern: plain, say: (match, context) => number(match, context) },
];

/** Báo động 1,2 & 3: a list of alert levels; 'dài 1,2 và 3 m' stays a length. */
function alertLevels(match: RegExpExecArray, context: RuleContext): boolean {
  return (
    /(?:báo động|cấp độ|mức độ)\s*$/.test(behind(context, match.index)) && goesOn.test(ahead(context, endOf(match)))
  );
}

function say(digits: string | undefined, context: RuleContext): string {
  return integerWords(digits ?? '', context.settings);
}

function number(match: RegExpExecArray, context: RuleContext): Found {
  const written = match[0];
  const end = endOf(match);
  if (/^\d+$/.test(written)) {
    const account =
      written.length === 4 &&
      /(?<!\p{L})(?:tài khoản|tk|stk|pass|mật khẩu|pin|otp|id)\s*(?:số)?\s*:?\s*$/u.test(behind(context, match.index));
    const coded = account || (written.length >= 5 && codeWord.test(behind(context, match.index)));
    const seriesPart =
      written.startsWith('0') && /[\p{L}\d]-$/u.test(context.text.slice(Math.max(0, match.index - 2), match.index));
    const registered =
      written.length >= 5 && /\p{Lu}-$/u.test(context.text.slice(Math.max(0, match.index - 2), match.index));
    // An amount of eight digits is never written without points: this is a card number.
    const card = written.length >= 8 && !written.endsWith('000') && /\p{L}/u.test(context.text);
    if (
      coded ||
      card ||
      registered ||
      seriesPart ||
      /^0{2,}$/.test(written) ||
      (written.startsWith('0') && written.length > 2)
    )
      return { end, spoken: digitWords(written) };
    return { end, spoken: say(written, context) };
  }
  if (/^0\d{2,}[.,]\d+$/.test(written)) return { end, spoken: written.split(/[.,]/).map(digitWords).join(', ') };
  const plainDot =
    /^\d+\.\d{1,2}$/.test(written) &&
    !scaledBy.test(ahead(context, end)) &&
    !amountBefore.test(behind(context, match.index));
  return { end, spoken: numberWords(written, context.settings, { plainDot }) };
}
