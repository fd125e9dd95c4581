import { digitWords } from '../words/integer-words.js';
import {
  ahead,
  behind,
  endOf,
  NUMBER_END,
  sticky,
  stickyAnyCase,
  type Found,
  type Rule,
} from '../words/rule-context.js';
import { isRealDate } from './date-parts.js';

/** Reads digit by digit, with a pause where the author put a space, a dot or a dash. */
export function phoneWords(written: string): string {
  const groups = written.match(/\d+/g) ?? [];
  const said = groups.map(digitWords).join(', ');
  return written.startsWith('+') ? `cộng ${said}` : said;
}

/** Another number may follow after a slash: 0239.3855.885/0912.12.34.56. */
const MORE = String.raw`(?![\p{L}\p{M}\p{N}]|\.\d|\/(?!0\d{2,3}[\d\s.-]{6})\d)`;
const mobile = sticky(String.raw`0\d{1,3}(?:(?:[\s.-]|\s-\s)?\d{1,4}){1,5}${MORE}`);
const area = sticky(
  String.raw`\(\s?(?:\+?84(?:[\s.-]?\d{1,3})?|0\d{1,3})\s?\)\s?\d{1,4}(?:[\s.-]?\d{2,4}){1,4}${MORE}`,
);
const abroad = sticky(String.raw`\+\d{1,3}[\s.-]?(?:\(0\)\s?)?\d{1,3}(?:[\s.-]?\d{2,4}){1,4}${MORE}`);
const hotline = sticky(String.raw`1[89]00(?:[\s.-]?\d{2,4}){1,3}${MORE}`);
const short = stickyAnyCase(
  String.raw`(?:1(?:1[1-9]|022|56|0[89]0|800|900|400)|5656)(?:\s?(?:,|-|;|\/|và|hoặc|hay)\s?(?:1(?:1[1-9]|022|56)|5656)){0,6}${NUMBER_END}`,
);
const named = sticky(String.raw`\d+(?:[\s.-]\d{2,4}){0,5}${MORE}`);

const count = (written: string): number => written.replace(/\D/g, '').length;

/** Words that precede a telephone number. */
const dialled =
  /(?<!\p{L})(?:điện thoại|đt|dt|sdt|sđt|lh|dđ|đtdđ|đtcđ|hotline|đường dây nóng|tổng đài|zalo|viber|di động|tel|fax|số máy|máy lẻ|gọi(?: đến| tới| ngay| số)?|báo(?: ngay| tin)?|liên hệ|liên lạc|alo|phản ánh(?: qua| đến)?|cấp cứu|cứu hỏa|cứu nạn|cảnh sát|cứu thương|pccc|khẩn cấp|chữa cháy|bấm)(?:\s(?:cố định|di động|bàn|nóng|miễn phí|số|máy|qua|theo|đến|tới|cơ quan|trực|hỗ trợ|quốc gia|trẻ em|y tế))*\s?(?:\([^)\d]*\)\s?)?[:.]?\s?\(?$/u;
/** ĐT: 3.822.131 - 3.822.132: a telephone number before another number. */
const dialledBefore = /(?:(?<![\d.])\d[\d.\s]{4,}\d\s?(?:-|,|;|\/|hoặc|và)\s?)+$/;
const counted =
  /^\s?(?:người|hộ|lần|đồng|ngày|ca|cuộc|tuổi|%|giờ|phút|km|m[\d\s]|đường|phố|ngõ|thôn|xã|phường|tổ|trường hợp)/;

/** Telephone numbers with no more than a dash between them: 0912 345 678-0987 654 321. */
const chained = sticky(String.raw`0(?:[\s.]?\d){9,10}(?=\s?[-–]\s?0\d)`);

export const phoneRules: readonly Rule[] = [
  { name: 'phone', pattern: chained, say: (match) => phoneWords(match[0]) },
  {
    name: 'phone',
    pattern: mobile,
    say(match) {
      const digits = count(match[0]);
      if (digits < 10 || digits > 11 || startsWithDate(match[0]) || !evenlyParted(match[0])) return undefined;
      return { end: endOf(match), spoken: phoneWords(match[0]) };
    },
  },
  {
    // 84-905-123-456, 84905123456: the country code without its plus.
    name: 'phone',
    pattern: sticky(String.raw`84[\s.-]?[35789]\d(?:[\s.-]?\d){7}${MORE}`),
    say: (match) => phoneWords(match[0]),
  },
  {
    name: 'hotline',
    pattern: hotline,
    say: (match) => ([6, 8, 10].includes(count(match[0])) ? phoneWords(match[0]) : undefined),
  },
  {
    name: 'hotline',
    pattern: short,
    say(match, context) {
      const list = match[0].length > 4;
      const before = behind(context, match.index);
      if (counted.test(ahead(context, endOf(match)))) return undefined;
      const helps = helpAfter.test(ahead(context, endOf(match))) || helpBefore.test(before);
      if (
        !list &&
        !helps &&
        !dialled.test(before) &&
        !nextToEmergency(before) &&
        !police.test(before) &&
        !amongServices(before, ahead(context, endOf(match))) &&
        !/tổng đài[^.;,\d]{0,34}$/.test(before)
      )
        return undefined;
      return { end: endOf(match), spoken: listWords(match[0]) };
    },
  },
  {
    name: 'phone',
    pattern: named,
    say(match, context): Found | undefined {
      const after = ahead(context, endOf(match));
      // 'soạn … gửi 1414'.
      if (
        isShortNumber(match[0], behind(context, match.index)) &&
        sent.test(behind(context, match.index)) &&
        /^\s?(?:[,.;()]|$|để|và|hoặc|trước|từ|trong|miễn phí)/.test(after)
      )
        return { end: endOf(match), spoken: phoneWords(match[0]) };
      if (
        !dialled.test(behind(context, match.index).replace(dialledBefore, '')) ||
        counted.test(after) ||
        /^,\d{1,2}\s?\p{L}/u.test(after)
      )
        return undefined;
      if (startsWithDate(match[0])) return undefined;
      const digits = count(match[0]);
      // 'gọi 1.855 công dân nhập ngũ': grouped thousands are a count; no telephone number is written so.
      if (
        /^[1-9]\d{0,2}\.\d{3}$/.test(match[0]) &&
        /^\s\p{Ll}/u.test(after) &&
        !/^\s(?:để|và|hoặc|khi|nếu|gặp)/.test(after)
      )
        return undefined;
      if (
        digits < 3 ||
        digits > 12 ||
        (digits < 5 && /(?:liên hệ|liên lạc|bấm)\s?$/.test(behind(context, match.index)))
      )
        return undefined;
      return { end: endOf(match), spoken: phoneWords(match[0]) };
    },
  },
];

/** Four digits, or three where a text message is described: 'soạn DK D90 gửi 191'. */
function isShortNumber(written: string, before: string): boolean {
  return /^\d{4}$/.test(written) || (/^\d{3}$/.test(written) && /(?:soạn|cú pháp|nhắn)/.test(before));
}
const sent =
  /(?:(?:gửi|nhắn)(?: tin)?(?: đến| tới| về)?|tin nhắn từ)(?: số| tổng đài| đầu số)?\s*(?:\d{3,4}\s?(?:,|và|hoặc|hay)\s)*$/;
/** '114 báo cháy', 'trẻ em: 111': the service of a short number. */
const helpAfter =
  /^\s?[(:-]?\s?(?:báo|cấp cứu|cứu|chữa cháy|phản ánh|công an|cảnh sát|tìm kiếm|khi (?:có|xảy|cần|gặp|phát hiện|thấy)|nếu (?:có|xảy|gặp)|để (?:báo|được|cấp cứu|yêu cầu))/;
const helpBefore =
  /(?:ứng dụng|app|phần mềm)\s["'“‘(]?\s?báo cháy\s$|(?:trẻ em|mua bán người|cứu nạn|cnch|cứu hộ|pccc|chữa cháy|cứu hỏa|y tế|bạo lực|báo cháy|công an|cấp cứu|đường dây nóng)\s?[:(]\s*$|\b11[2-5]\s?(?:,|;|và|hoặc|-)\s?(?:công an|cảnh sát|chữa cháy|cứu hỏa|cấp cứu|y tế)\s*$/;
/** CA 113, công an 113. */
const police = /(?<!\p{L})(?:ca|công an|csgt|xe cc)\s?$/u;
/** Báo cháy 114, cấp cứu 115, bảo vệ trẻ em 111: a list of services with their numbers. */
const service =
  /(?:cháy|cấp cứu|cứu nạn|cứu hộ|công an|cảnh sát|cảnh sát giao thông|trẻ em|bạo lực|y tế|an ninh trật tự|thiên tai)\s$/;
function amongServices(before: string, after: string): boolean {
  return (
    service.test(before) &&
    (/11[1-5]\s?[,;.]\s?[\p{L}\s]{3,30}$/u.test(before) || /^\s?[,;.]\s?[\p{L}\s]{3,30}\s11[1-5](?!\d)/u.test(after))
  );
}
const prefixes =
  /(?:đầu số|cuộc gọi|gọi nháy|(?:số|sđt|số điện thoại|thuê bao) lạ|mã vùng|mã quốc gia)[^.;\d]*(?:\+?\d[\dx]*[,\s]+)*[\s(]?\+?$/;
const prefix = sticky(String.raw`\d{1,5}(?=[xX]{2,}|\d*(?:[\s,;.)]|$))`);

/** 'các đầu số 00, 024xxx': prefixes of telephone numbers are read digit by digit. */
export const phonePrefixRule: Rule = {
  name: 'phone',
  pattern: prefix,
  say: (match, context) =>
    prefixes.test(behind(context, match.index)) && !counted.test(ahead(context, endOf(match)))
      ? phoneWords(match[0])
      : undefined,
};

/** 0913 294 xxx: the end of the number is withheld. */
export const hiddenPhoneRule: Rule = {
  name: 'phone',
  pattern: sticky(
    String.raw`(0\d{2,3}(?:[\s.-]?\d{2,4}){0,2})(?:[\s.-]?([xX]{2,7})[\s.-]?(\d{2,4})(?![\p{L}\p{N}])|(?=[\s.-]?[xX]{2,7}(?!\p{L})))`,
  ),
  say(match) {
    const [, head = '', hidden, tail = ''] = match;
    if (hidden === undefined) return phoneWords(head);
    return `${phoneWords(head)}, ${'ích '.repeat(hidden.length).trim()}, ${digitWords(tail)}`;
  },
};

/** Telephone numbers that begin with a bracket or a plus. */
export const phoneSignRules: readonly Rule[] = [
  {
    name: 'phone',
    pattern: area,
    say: (match) => (count(match[0]) >= 8 && count(match[0]) <= 12 ? phoneWords(match[0]) : undefined),
  },
  {
    name: 'phone',
    pattern: abroad,
    say: (match) => (count(match[0]) >= 9 && count(match[0]) <= 13 ? phoneWords(match[0]) : undefined),
  },
];

function startsWithDate(written: string): boolean {
  const date = /^(\d{1,2})[.-](\d{1,2})[.-]((?:19|20)\d{2})/.exec(written);
  return date !== null && isRealDate(Number(date[1]), Number(date[2]), Number(date[3]));
}

/**
 * 098 - 123… is a telephone number, "05 1234 hộ, 0912" is not: separators are single characters of at most two kinds.
 */
function evenlyParted(written: string): boolean {
  return new Set(written.replace(/\d/g, '')).size <= 2;
}

function nextToEmergency(before: string): boolean {
  // 'liên hệ 0692.928.430 hoặc 113'.
  if (
    /(?:0[\d.\s-]{8,}|1[89]00[\d.\s-]{4,})(?:\([^)]*\)\s?)?(?:hoặc|và|,|;|hay|-|\/)\s?(?:gọi |số |báo )?$/.test(before)
  )
    return true;
  return /\b11[2-5]\s?(?:,|;|và|hoặc|hay|-)\s?$/.test(before);
}

function listWords(written: string): string {
  return written
    .toLowerCase()
    .replace(/\d+/g, (digits) => digitWords(digits))
    .replace(/\s?[,;/-]\s?/g, ', ')
    .replace(/\s+/g, ' ');
}
