import { behind, sticky, type Rule } from '../words/rule-context.js';

const SPAN = String.raw`(?:tháng|tuổi|tuần|ngày|năm|giờ|phút|tiếng)`;
const UNIT = String.raw`(?:[tT]ổ|TDP|[kK]hu phố|KP|[kK]hối|[tT]hôn|[ấẤ]p|[xX]óm|[đĐ]ội|[đĐ]iều|[tT]ầng|[lL]ớp)`;
const unitBefore = /(?:từ|thuộc|các|gồm|đoạn)\s(?:tổ|tdp|khu phố|kp|khối|thôn|ấp|xóm|đội|điều|tầng|lớp)\s(\d{1,3})\s?$/;
const spanBefore = new RegExp(String.raw`\d\s?${SPAN}(?:\s(?:tuổi|tháng|tuần))?\s?$`, 'u');

/** A range sign between two ends that no rule of numbers, days or amounts read together. */
export const rangeSignRules: readonly Rule[] = [
  {
    // Trẻ 6 tháng - 5 tuổi, 1 tháng – 2 năm: the two ends have different units.
    name: 'range',
    pattern: sticky(String.raw`-(?=\s?\d{1,3}\s?${SPAN}(?!\p{L}))`),
    say: (match, context) => (spanBefore.test(behind(context, match.index)) ? 'đến' : undefined),
  },
  {
    // Trẻ từ 5 - dưới 12 tuổi: the second end is a bound.
    name: 'range',
    pattern: sticky(String.raw`-(?=\s?(?:(?:dưới|trên|hết|gần)\s|[<≤≥]=?\s?|(?<=\s)>\s?)\d)`),
    say: (match, context) => (/\d\s?$/.test(behind(context, match.index)) ? 'đến' : undefined),
  },
  {
    // Các hộ thuộc tổ 4 - tổ 8: a range, where the preceding word indicates one.
    name: 'range',
    pattern: sticky(String.raw`-(?=\s?${UNIT}\s(\d{1,3})(?![\p{L}\p{N}]|[.,/-]\d|\s?[-,]\s?${UNIT}\s))`),
    say(match, context) {
      const first = unitBefore.exec(behind(context, match.index))?.[1];
      return first !== undefined && Number(first) + 1 < Number(match[1]) ? 'đến' : undefined;
    },
  },
  {
    // 20/11 ÷ 30/11: the range sign of engineers.
    name: 'range',
    pattern: sticky(String.raw`÷(?=\s?\d)`),
    say: (match, context) => (/\d\p{L}{0,3}\s?$/u.test(behind(context, match.index)) ? 'đến' : undefined),
  },
  {
    // 1/8~15/8, 10 ~ 15 người.
    name: 'range',
    pattern: sticky(String.raw`~(?=\s?\d)`),
    say: (match, context) => (/\d\p{L}{0,3}\s?$/u.test(behind(context, match.index)) ? 'đến' : undefined),
  },
  {
    // 7h sáng - 5h chiều.
    name: 'range',
    pattern: sticky(String.raw`-(?=\s?\d{1,2}\s?(?:[hg]|giờ))`),
    say: (match, context) =>
      /\d\s?(?:[hg]|giờ)\s?\d{0,2}(?: phút)? (?:sáng|trưa|chiều|tối|đêm)\s?$/.test(behind(context, match.index))
        ? 'đến'
        : undefined,
  },
  {
    // 1m - 1m3: two heights.
    name: 'range',
    pattern: sticky(String.raw`-(?=\s?\d{1,2}m\d{0,2}(?!\p{L}))`),
    say: (match, context) => (/\dm\d{0,2}\s?$/.test(behind(context, match.index)) ? 'đến' : undefined),
  },
  {
    // Đoạn Lê Duẩn → Nguyễn Văn Linh: two ends of a road section.
    name: 'range',
    pattern: sticky(String.raw`(?:-{1,2}>|→)(?=\s?\p{Lu})`),
    say: (match, context) =>
      /(?<!\p{L})(?:đoạn|tuyến|lộ trình|hướng|ngã ba|ngã tư|cầu|đường(?! (?:dẫn|link|truyền)))\s[^.;]*$/u.test(
        behind(context, match.index),
      )
        ? 'đến'
        : undefined,
  },
  {
    // TDP 1 -> TDP 9.
    name: 'range',
    pattern: sticky(String.raw`(?:-{1,2}>|={1,2}>|→)(?=\s?\S{0,6}\s?\d)`),
    say: (match, context) => (/\d\s?$/.test(behind(context, match.index)) ? 'đến' : undefined),
  },
];
