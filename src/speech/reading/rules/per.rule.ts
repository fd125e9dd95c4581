import { UNIT, unitIn } from '../words/units.js';
import { ahead, behind, endOf, isDigit, sticky, type Found, type Rule } from '../words/rule-context.js';

/** Nouns used as denominators: 3 lần/ngày, 50.000 đồng/hộ/năm. */
const per =
  /^\/\s?(?:một|1(?![\d.,])|người|hộ|ngày|tháng|năm|quý|tuần|giờ|phút|giây|lần|lượt|suất|học sinh|hssv|hs|sv|nct|nkt|đv|cb|sinh viên|trẻ|bé|cháu|em|em bé|học kỳ|kỳ|gốc|hố|chậu|luống|tấm|ống|lọ|hũ|cuộn|cặp|đôi|khay|ao|lồng|chuồng|ghe|tàu|thuyền|giường|bữa|cuộc|bản|cột|trụ|ngôi|mộ|lốt|chỗ|ghế|vòng|hiệp|trận|khóa|giạ|tầng|gian|mẻ|chục|tin|trang|bài thi|đêm|buổi|ca|tiết|công|khẩu|nhân khẩu|lao động|đầu người|thửa|lô|chuyến|xe|con|cây|bao|thùng|chai|hộp|gói|bộ|chiếc|cái|quyển|tờ|vé|bình|sào|mẫu|số|vụ|mùa|trường hợp|đơn vị|tổ|thôn|xã|phường|đội|lớp|phòng|bàn|mâm|liều|mũi|đợt|hồ sơ|nhà|điểm|bệnh nhân|chỉ|lượng|cây vàng|bài|khách|thẻ|thành viên|hội viên|đoàn viên|cán bộ)(?![\p{L}])/u;
const perUnit = new RegExp(String.raw`^\/\s?(${UNIT}|h|s|lít|mét|tấn|tạ)(?![\p{L}\d])`, 'iu');
const money = /(?:đồng|đô la|usd|vnđ|vnd|đ|₫|\$|€|triệu|tỷ|nghìn|ngàn|k|tr|\d(?:tr|triệu|tỷ|k)\d{1,3})\s?$/;
const paidPer =
  /\d\s?(?:%|ml|l|kg|g|mg|cm|lít|tấn|tạ|kwh)$|\d\s?(?:(?:triệu|tỷ|nghìn|ngàn|tr|k)(?:\s?(?:đồng|đ|₫|vnđ|vnd))?|đồng|đ|₫|vnđ|vnd|usd)\s?$/;
/** 03 tháng/khóa, 3 buổi/tuần, 2 tiết/môn: an amount of time or number of times per following noun. */
const timesBefore =
  /\d\s(?:tháng|năm|tuần|buổi|tiết|lần|lượt|giờ|phút|suất|bài|trang|câu|con|cây|máy|xe|cán bộ|giáo viên)\s?$/;
const plainWord = /^\/\s?(?!đêm|(?:kh|kế hoạch|dt|dự toán|chỉ tiêu|ct)(?!\p{L}))(?:\p{Ll}{2,}|ô tô|f\d)(?!\p{L})/u;
/** 1.200.000đ/ năm/ bé: a further denominator of a payment, whatever it is counted by. */
const inChain = /\d\s?(?:triệu|tỷ|nghìn|ngàn|tr|k)?\s?(?:đồng|đ|₫|vnđ|vnd|usd)?\s?\/\s?\p{Ll}+(?:\s\p{Ll}+)?\s?$/u;
const counted = /\d[\d.,]*\s*[\p{L}\s/$€₫¥£'’]{1,28}$/u;
/** 100.000/người: an amount of money without 'đồng'. */
const sum = /\d\.000\s?$/;
const noun =
  /(?:đồng|lần|lượt|người|suất|kg|tấn|tạ|lít|ca|chuyến|viên|gói|liều|giờ|buổi|tiết|triệu|nghìn|vnđ|vnd|đ|ngày|hộ)\s?$/;

/** Lượng rác/ngày, lương/tháng: an amount per period; 'ngày/tháng/năm' only names the parts of a date. */
const timeAfter = /^\/\s?(?:ngày|tháng|năm|tuần|giờ|quý)(?!\p{L})(?!\s?\/)/u;
const rated = /(?<!\p{L})(?!ngày|tháng|tuần|giờ|phút|quý|năm|sáng|chiều|tối|đêm|buổi)\p{Ll}{2,}\s?$/u;

const measured = /\d\s?(?:mg|g|gam|kg|ml|lít|l|cm|mm)\s?$/;

/** The slash between an amount and its denominator, and between two amounts. */
export const perRules: readonly Rule[] = [
  {
    name: 'per',
    pattern: sticky(String.raw`\/(?=\s?[\p{L}\d])`),
    say(match, context): Found | undefined {
      const line = behind(context, match.index);
      const before = line.replace(/(?<=[\d/]\s?k?m)[23²³]\s?$/u, '');
      const after = ahead(context, match.index);
      const byNoun = per.test(after);
      const unit = perUnit.exec(after);
      // The object of a payment: 2.000đ/trang, 50.000 đồng/bản.
      const paid = (paidPer.test(before) || timesBefore.test(before) || inChain.test(before)) && plainWord.test(after);
      if (paid && !byNoun && !unit) return { end: endOf(match), spoken: 'một' };
      if (!byNoun && !unit) return undefined;
      if (!(
        counted.test(before) ||
        money.test(before) ||
        sum.test(before) ||
        noun.test(before) ||
        /%\s?$/.test(before) ||
        (timeAfter.test(after) && rated.test(before))
      ))
        return undefined;
      const end = endOf(match);
      const one = /^\/\s?(?:một|1(?=\s))/.exec(after);
      // 0,25 mg/1 lít: a measure per measure.
      if (one) return { end: match.index + one[0].length, spoken: measured.test(before) ? 'trên một' : 'một' };
      const speed = /\d\s?[kcm]?m\s?$/.test(before) && /^\/\s?(?:giờ|phút|giây|ngày|h|s)(?!\p{L})/u.test(after);
      const amongMoney =
        money.test(before) || sum.test(before) || /(?:đồng|đ|₫|vnđ|triệu|nghìn)\/[\p{L}\s]+$/u.test(before);
      const joint = (amongMoney || byNoun) && !speed ? 'một' : 'trên';
      if (byNoun || !unit) return { end, spoken: joint };
      const written = context.text.slice(match.index, match.index + unit[0].length).replace(/^\/\s?/, '');
      const name = { h: 'giờ', s: 'giây' }[written.toLowerCase()] ?? unitIn(context, written);
      return { end: match.index + unit[0].length, spoken: `${joint} ${name}` };
    },
  },
  {
    // F0/F1, H5N1/H1N1: alternatives.
    name: 'pause',
    pattern: sticky(String.raw`\/(?=\p{Lu}\d)`),
    say: (match, context) =>
      /\p{Lu}\d{1,2}$/u.test(context.text.slice(Math.max(0, match.index - 3), match.index)) ? '' : undefined,
  },
  {
    name: 'slash',
    pattern: sticky(String.raw`\/`),
    say(match, context) {
      // 0239.3855.885/0912.12.34.56: two telephone numbers.
      if (/^\/\s?0\d{2,3}[\d\s.-]{6}/.test(ahead(context, match.index))) return undefined;
      if (isDigit(context.text.charAt(match.index - 1))) return 'trên';
      // Đã chi 12.000.000đ/15.000.000đ: one amount out of another.
      if (
        /^\/\s?\d[\d.,]*\s?(?:đồng|đ|tỷ|triệu|tr|usd|vnđ)(?!\p{L})/u.test(ahead(context, match.index)) &&
        money.test(behind(context, match.index))
      )
        return 'trên';
      // 250mm/24h: an amount within a period.
      if (
        /^\/\s?\d{1,2}\s?(?:h|giờ)(?!\p{L})/u.test(ahead(context, match.index)) &&
        counted.test(behind(context, match.index))
      )
        return 'trong';
      // 2.356 cử tri/2.360, 12 cháu/15: a count out of a total.
      if (
        /^\/\s?\d[\d.]*(?:\s?[,;()]|\.?\s?$)/.test(ahead(context, match.index)) &&
        /\d[\d.]*\s\p{Ll}+(?:\s\p{Ll}+)?\s?$/u.test(behind(context, match.index)) &&
        !/(?:ngày|tháng|tổ|số|khu|thôn|xóm|năm)\s\d[^,;]*$/.test(behind(context, match.index))
      )
        return 'trên';
      // 4 muỗng/10 lít nước: an amount per amount.
      if (
        /^\/\s?\d[\d.,]*\s?(?:lít|ml|kg|m[23²³]|ha|sào|tấn|tạ|mét)(?!\p{L})/u.test(ahead(context, match.index)) &&
        counted.test(behind(context, match.index))
      )
        return 'trên';
      const digitNext = isDigit(context.text.charAt(match.index + 1));
      if (
        digitNext &&
        /^\/\s?\d+\s(?:năm|tháng|ngày|tuần|giờ|phút|hộ|người|héc|lớp|suất|chỉ tiêu)/.test(ahead(context, match.index))
      )
        return 'trên';
      return digitNext &&
        /\d\s?(?:ml|ML|l|lít|g|kg|mg|cc|m|m2)$/.test(context.text.slice(Math.max(0, match.index - 6), match.index))
        ? 'trên'
        : undefined;
    },
  },
];
