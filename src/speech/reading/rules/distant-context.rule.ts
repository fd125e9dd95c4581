import { spell } from '../words/letter-names.js';
import { ahead, behind, endOf, sticky, type Rule } from '../words/rule-context.js';

/** One meaning of an abbreviation, decided by words that are not adjacent; `behind` and `ahead` must both match. */
interface Meaning {
  readonly said: string;
  readonly behind?: RegExp;
  readonly ahead?: RegExp;
}

const hour = String.raw`\d{1,2}\s?(?:[hg:]|giờ)`;
const when = new RegExp(String.raw`^\s?:?\s?(?:lúc|vào|từ|ngày|sáng|chiều|tối|${hour}|\d{1,2}\/\d)`);
const hired = /(?:tuyển(?! sinh)|tuyển dụng|\d (?:bv|bảo vệ|cn|lđpt|tạp vụ|kế toán|lái xe))(?!\p{L})[^.;]*\d\s$/u;

const meanings: Readonly<Record<string, readonly Meaning[]>> = {
  // 1.024 ca mắc, 0 TV: in a count of the sick, TV is deaths, not members.
  TV: [{ said: 'tử vong', behind: /(?<!\p{L})(?:ca|mắc|nhiễm|dịch|sxh|tcm)(?!\p{L})[^.;]*\d\s$/u }],
  LQ: [
    { said: 'lăng quăng', behind: /(?:diệt|muỗi|bọ gậy|loăng quăng)[^.;]*$/ },
    { said: 'lăng quăng', ahead: /^\s?[(/-]?\s?bọ gậy/ },
    { said: 'lũ quét', ahead: /^\s?(?:,|và|-)?\s?(?:sạt lở|slđ|ngập)/ },
  ],
  CC: [
    { said: 'chữa cháy', behind: /(?:cháy|pccc)[^.;]*(?:xe|đội|lực lượng)\s$/ },
    { said: 'chữa cháy', behind: /xe\s$/, ahead: /^\s?(?:dập|phun|chữa)/ },
  ],
  // Bàu Sen CS 20.000m3: the capacity of a plant.
  CS: [{ said: 'công suất', ahead: /^\s?:?\s?[\d.,]+\s?(?:m3|m³|kw|mw|kva|mva|w|hp|tấn|lít)(?![\p{L}])/u }],
  CN: [
    { said: 'cận nghèo', behind: /hộ nghèo(?:,|, hộ| và| và hộ|\/|-| -|, hộ gia đình)\s?$/ },
    {
      said: 'cận nghèo',
      behind: /(?:thuộc|thuộc diện|diện)\shộ\s$/,
      ahead: /^(?!\s?(?:lợn|heo|bò|trâu|gà|vịt|dê|gia (?:súc|cầm)))/,
    },
  ],
  // HT 94 tuổi in a death notice.
  HT: [
    { said: 'hưởng thọ', ahead: /^\s?:?\s?(?:[6-9]\d|1[01]\d)\s?(?:tuổi|t(?!\p{L}))(?! trở)/u },
    { said: 'hưởng dương', ahead: /^\s?:?\s?[1-5]\d\s?(?:tuổi|t(?!\p{L}))(?! trở)/u },
  ],
  HD: [{ said: 'hưởng dương', ahead: /^\s?:?\s?[1-5]\d\s?(?:tuổi|t(?!\p{L}))(?! trở)/u }],
  PC: [{ said: 'phụ cấp', behind: /(?:lương|lcb|thu nhập)[^.;]*(?:\+|và|,)\s?$/ }],
  BV: [{ said: 'bảo vệ', behind: hired, ahead: /^(?!\s?(?:tuyến|đa khoa|đk|tỉnh|huyện|tw))/ }],
  KTT: [{ said: 'kế toán trưởng', behind: hired }],
  LP: [{ said: 'lệ phí', behind: /(?:%|miễn|giảm|nộp|thu|phí,|mức)\s$/ }],
  KM: [
    { said: 'khuyến mãi', ahead: /^[^.;]{0,30}(?:giảm|tặng|%)/ },
    { said: 'khuyến mãi', behind: /(?:giảm|giá|cửa hàng|siêu thị|mua|bán)[^.;]*$/ },
    { said: 'khai mạc', ahead: when, behind: /(?:^|[^\d\s]\s?)$/ },
  ],
  CK: [
    {
      said: 'chung kết',
      ahead: when,
      behind:
        /(?:giải(?! (?:phóng|quyết|trình|pháp|thích|ngân))|bán kết|bk|km|khai mạc|bốc thăm|thi đấu|bóng)(?!\p{L})[^.]*$/u,
    },
  ],
  BK: [
    {
      said: 'bán kết',
      ahead: when,
      behind:
        /(?:giải(?! (?:phóng|quyết|trình|pháp|thích|ngân))|vòng loại|km|khai mạc|bốc thăm|thi đấu|bóng)(?!\p{L})[^.]*$/u,
    },
    { said: 'bán kết', ahead: new RegExp(String.raw`${when.source}[^.]{0,24}(?:ck|chung kết)`) },
  ],
  TTr: [
    {
      said: 'tổ trưởng',
      behind: /(?:anh|chị|ông|bà|cô|chú|bác|đ\/c|đồng chí)\s\p{L}+(?:\s\p{L}+){0,3}\s?[-,(]?\s?$/u,
    },
  ],
  // Sự cố MC 471: a circuit breaker of the grid.
  MC: [{ said: 'máy cắt', behind: /(?:sự cố|đóng|cắt|nhảy|điện)[^.;]*$/, ahead: /^\s?[34]\d{2}(?!\d)/ }],
  // NPK 13-13-13+TE: trace elements.
  TE: [{ said: 'tê e', behind: /npk[^;]*\+\s?$/ }],
  RSX: [{ said: 'rờ ét ích', behind: /(?:wave|honda|xe)\s$/ }],
  SK: [{ said: 'số khung', ahead: /^\s?:?\s?[a-z\d]{10,}/ }],
  SM: [{ said: 'số máy', ahead: /^\s?:?\s?(?=[a-z\d]*\d)[a-z\d]{7,}/ }],
};

export const distantContextRule: Rule = {
  name: 'capitals',
  pattern: sticky(String.raw`(${Object.keys(meanings).join('|')})(?![\p{L}\p{M}\p{N}/&-]|\.\p{L})`),
  say(match, context) {
    const before = behind(context, match.index);
    const after = ahead(context, endOf(match));
    return (meanings[match[1] ?? ''] ?? []).find(
      (meaning) => (meaning.behind?.test(before) ?? true) && (meaning.ahead?.test(after) ?? true),
    )?.said;
  },
};

/** Thẻ BHYT mã HN, DT, GB: the letters printed on a card, whatever else they may mean. */
export const cardLettersRule: Rule = {
  name: 'code',
  pattern: sticky(String.raw`([A-Z]{2})(?![\p{L}\p{M}\p{N}/&-]|\.\p{L})`),
  say: (match, context) =>
    /(?:thẻ|bhyt)[^.;]*(?<!\p{L})mã(?: đối tượng| thẻ| quyền lợi)?:?\s(?:[a-z]{2}(?:,|;| và| hoặc)\s)*$/u.test(
      behind(context, match.index),
    )
      ? spell(match[1] ?? '')
      : undefined,
};
