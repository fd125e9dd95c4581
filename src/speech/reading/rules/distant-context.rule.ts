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

const ballot = /^[^.;]*(?:ứng cử|đi bầu|bỏ phiếu|hòm phiếu|phiếu bầu|lá phiếu|thẻ cử tri|danh sách cử tri|đbqh)/;
const notReport = /(?<!(?:cơ quan|họp|nhà|môn|giải|sân|nộp|gửi|làm|lập|có|số|xem|theo)\s)$/;

const meanings: Readonly<Record<string, readonly Meaning[]>> = {
  // CT is a voter near a ballot, and the chairman behind a name; alone it is spelled.
  CT: [
    { said: 'chủ tịch', ahead: /^\s?(?:,|và)\s(?:các\s)?(?:phó ct|pct|phó chủ tịch)/ },
    {
      said: 'cử tri',
      behind: /(?:tiếp xúc|ý kiến|ý kiến của|kiến nghị|kiến nghị của|thẻ|danh sách|lá phiếu của|toàn thể)\s$/,
    },
    { said: 'cử tri', ahead: /^\s(?:\p{L}+\s){0,2}(?:đi bầu|đi bỏ phiếu|bỏ phiếu|phản ánh|kiến nghị)/u },
    { said: 'cử tri', behind: /(?:bầu cử|đi bầu|bỏ phiếu|hòm phiếu|cử tri|bc)[^.;]*\d\s$/ },
    { said: 'cử tri', behind: /\d\s$/, ahead: ballot },
    {
      said: 'chủ tịch',
      behind: /(?<!\p{L})(?:ông|bà|anh|chị|đ\/c|đồng chí)\s\p{L}+(?:\s\p{L}+){0,3}\s?[-,(]\s?$/u,
      ahead: /^\s?(?:[),;.:]|$|-)/,
    },
  ],
  // Ngày BC, BC ĐBQH, BC … bỏ phiếu: an election; elsewhere BC is a report.
  BC: [
    {
      said: 'bầu cử',
      ahead: /^\s?(?:đại biểu|đbqh|quốc hội|qh|hđnd các cấp|hội đồng nhân dân|bổ sung|thêm|lại)(?!\p{L})/u,
      behind: notReport,
    },
    {
      said: 'bầu cử',
      behind:
        /(?:ngày|ngày hội|cuộc|luật|niêm yết|danh sách|cán bộ|phục vụ|khu vực|điểm|tổ|ban|sau|trước|hòm phiếu|thùng phiếu|thẻ|trang trí|an ninh)\s$/,
      ahead: ballot,
    },
    { said: 'bầu cử', behind: /(?:ngày|ngày hội|cuộc|luật)\s$/ },
    {
      said: 'bầu cử',
      behind:
        /(?:ứng cử|đi bầu|bỏ phiếu|hòm phiếu|phiếu bầu|thẻ cử tri|bầu cử|đbqh|danh sách cử tri)[^.;]*(?<!(?:cơ quan|họp|nhà|môn|giải|sân|nộp|gửi|làm|lập|có|số|xem|theo)\s)$/,
    },
    { said: 'bầu cử', ahead: ballot, behind: notReport },
  ],
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
