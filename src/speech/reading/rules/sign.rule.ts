import { digitWords, integerWords } from '../integer-words.js';
import { spell } from '../letter-names.js';
import { UNIT, unitWords } from '../units.js';
import { NUMBER, numberWords } from '../number-forms.js';
import { isSyllable } from '../syllable.js';
import { addressWords } from '../address-words.js';
import { startsLine } from './list.rule.js';
import { ahead, behind, endOf, isDigit, sticky, stickyAnyCase, type Found, type Rule } from '../scene.js';

const minus = sticky(String.raw`-(?=\d)`);
const signs: Readonly<Record<string, string>> = {
  '%': 'phần trăm',
  '‰': 'phần nghìn',
  '&': 'và',
  '@': 'a còng',
  '+': 'cộng',
  '=': 'bằng',
  '≈': 'xấp xỉ',
  '≠': 'khác',
  '<': 'nhỏ hơn',
  '>': 'lớn hơn',
  '≤': 'nhỏ hơn hoặc bằng',
  '≥': 'lớn hơn hoặc bằng',
  '±': 'cộng trừ',
  '÷': 'chia',
  '°': 'độ',
  $: 'đô la',
  '€': 'ơ rô',
  '£': 'bảng Anh',
  '¥': 'yên Nhật',
  '₫': 'đồng',
  '²': 'bình phương',
  '³': 'lập phương',
  '½': 'một phần hai',
  '¼': 'một phần tư',
  '¾': 'ba phần tư',
  '√': 'căn',
  '∞': 'vô cùng',
  '§': 'mục',
  Ω: 'ôm',
  '∅': 'phi',
  Ø: 'phi',
  '^': 'mũ',
  '₹': 'ru pi',
  '₩': 'uôn',
  '∑': 'tổng',
};
const one = /[%‰&@+=≈≠<>≤≥±÷°$€£¥₫²³½¼¾√∞§Ω∅Ø^₹₩∑]/uy;

/** Nouns that things are counted by: 3 lần/ngày, 50.000 đồng/hộ/năm. */
const per =
  /^\/\s?(?:một|1(?![\d.,])|người|hộ|ngày|tháng|năm|quý|tuần|giờ|phút|giây|lần|lượt|suất|học sinh|hssv|hs|sv|nct|nkt|đv|cb|sinh viên|trẻ|cháu|em|em bé|học kỳ|đêm|buổi|ca|tiết|công|khẩu|nhân khẩu|lao động|đầu người|thửa|lô|chuyến|xe|con|cây|bao|thùng|chai|hộp|gói|bộ|chiếc|cái|quyển|tờ|vé|bình|sào|mẫu|số|vụ|mùa|trường hợp|đơn vị|tổ|thôn|xã|phường|đội|lớp|phòng|bàn|mâm|liều|mũi|đợt|hồ sơ|nhà|điểm|bệnh nhân|chỉ|lượng|cây vàng|bài|khách|thẻ|thành viên|hội viên|đoàn viên|cán bộ)(?![\p{L}])/u;
const perUnit = new RegExp(String.raw`^\/\s?(${UNIT}|h|s|lít|mét|tấn|tạ)(?![\p{L}\d])`, 'iu');
const money = /(?:đồng|đô la|usd|vnđ|vnd|đ|₫|\$|€|triệu|tỷ|nghìn|ngàn|k|tr|\d(?:tr|triệu|tỷ|k)\d{1,3})\s?$/;
const paidPer =
  /\d\s?(?:%|ml|l|kg|g|mg|cm|lít|tấn|tạ|kwh)$|\d\s?(?:(?:triệu|tỷ|nghìn|ngàn|tr|k)(?:\s?(?:đồng|đ|₫|vnđ|vnd))?|đồng|đ|₫|vnđ|vnd|usd)\s?$/;
const plainWord = /^\/\s?\p{Ll}{2,}(?!\p{L})/u;
const counted = /\d[\d.,]*\s*[\p{L}\s/$€₫¥£'’]{1,28}$/u;
/** 100.000/người: a sum without its đồng. */
const sum = /\d\.000\s?$/;
const noun =
  /(?:đồng|lần|lượt|người|suất|kg|tấn|tạ|lít|ca|chuyến|viên|gói|liều|giờ|buổi|tiết|triệu|nghìn|vnđ|vnd|đ|ngày|hộ)\s?$/;

/** 'tệp .apk', '(đuôi .exe)': the ending of a file by itself. */
export const fileEndingRule: Rule = {
  name: 'web-address',
  pattern: stickyAnyCase(
    String.raw`\.(apk|exe|pdf|docx?|xlsx?|pptx?|zip|rar|html?|jpe?g|png|mp[34]|ipa|vn|com|top|xyz|info|net|org)(?![\p{L}\p{N}])`,
  ),
  say(match, scene) {
    if (!/(?:^|[\s("“'‘,/])$/.test(behind(scene, match.index))) return undefined;
    const ending = (match[1] ?? '').toLowerCase();
    const known = scene.lexicon.alone(ending, ending) ?? { vn: 'vê nờ', com: 'com', net: 'nét', top: 'tốp' }[ending];
    return `chấm ${
      known ??
      ending
        .replace(/[a-z]+|\d/g, (part) =>
          /\d/.test(part) ? integerWords(part, scene.settings) : ` ${spell(part) ?? part} `,
        )
        .replace(/\s+/g, ' ')
        .trim()
    }`;
  },
};

const SPAN = String.raw`(?:tháng|tuổi|tuần|ngày|năm|giờ|phút|tiếng)`;
const spanBefore = new RegExp(String.raw`\d\s?${SPAN}(?:\s(?:tuổi|tháng|tuần))?\s?$`, 'u');

export const signRules: readonly Rule[] = [
  {
    // Trẻ 6 tháng - 5 tuổi, 1 tháng – 2 năm: two ends of their own units.
    name: 'range',
    pattern: sticky(String.raw`-(?=\s?\d{1,3}\s?${SPAN}(?!\p{L}))`),
    say: (match, scene) => (spanBefore.test(behind(scene, match.index)) ? 'đến' : undefined),
  },
  {
    // 20/11 ÷ 30/11: the sign of engineers for from … to.
    name: 'range',
    pattern: sticky(String.raw`÷(?=\s?\d)`),
    say: (match, scene) => (/\d\p{L}{0,3}\s?$/u.test(behind(scene, match.index)) ? 'đến' : undefined),
  },
  {
    // TDP 1 -> TDP 9.
    name: 'range',
    pattern: sticky(String.raw`(?:-{1,2}>|={1,2}>|→)(?=\s?\S{0,6}\s?\d)`),
    say: (match, scene) => (/\d\s?$/.test(behind(scene, match.index)) ? 'đến' : undefined),
  },
  {
    // 'Đăng nhập => Chọn': a step, and a pause.
    name: 'pause',
    pattern: sticky(String.raw`-{1,2}>|={1,2}>`),
    say: () => '',
  },
  {
    // Bấm *101#, *098*1#: what is typed on a telephone.
    name: 'phone',
    pattern: sticky(String.raw`\*(\d{2,4}(?:\*\d+){0,3})#`),
    say: (match) => `sao ${(match[1] ?? '').split('*').map(digitWords).join(' sao ')} thăng`,
  },
  {
    // soạn LD <dấu cách> nội dung: brackets around words that stand for something.
    name: 'sign',
    pattern: sticky(String.raw`<(\p{Ll}+(?: \p{Ll}+){0,4})>`),
    say: (match) => ((match[1] ?? '').split(' ').every((word) => isSyllable(word)) ? match[1] : undefined),
  },
  {
    name: 'minus',
    pattern: minus,
    say(match, scene): Found | undefined {
      const before = scene.text.charAt(match.index - 1);
      const line = behind(scene, match.index);
      if (before !== '' && !/[\s(:;,=<>≤≥\u001e]/.test(before)) return undefined;
      // A dash and a number at the start of a line of several is a bullet: '-5 người'.
      if (
        line.trim() === '' &&
        /\p{L}{2}/u.test(ahead(scene, match.index)) &&
        !/^-\d[\d.,]*\s?(?:°|độ|%|tỷ|tỉ|triệu|vạn|nha)/.test(ahead(scene, match.index)) &&
        !/^-[\d.,]+(?:\s\d\/\d|\/\d)/.test(ahead(scene, match.index))
      )
        return undefined;
      if (/\d\s?$/.test(line)) return undefined;
      return { end: endOf(match), spoken: 'âm' };
    },
  },
  {
    name: 'per',
    pattern: sticky(String.raw`\/(?=\s?[\p{L}\d])`),
    say(match, scene): Found | undefined {
      const line = behind(scene, match.index);
      const before = line.replace(/(?<=[\d/]\s?k?m)[23²³]\s?$/u, '');
      const after = ahead(scene, match.index);
      const byNoun = per.test(after);
      const unit = perUnit.exec(after);
      // Whatever a sum is paid for: 2.000đ/trang, 50.000 đồng/bản.
      const paid = paidPer.test(before) && plainWord.test(after);
      if (paid && !byNoun && !unit) return { end: endOf(match), spoken: 'một' };
      if (!byNoun && !unit) return undefined;
      if (!(counted.test(before) || money.test(before) || sum.test(before) || noun.test(before) || /%\s?$/.test(before))) return undefined;
      const end = endOf(match);
      const one = /^\/\s?(?:một|1(?=\s))/.exec(after);
      if (one) return { end: match.index + one[0].length, spoken: 'một' };
      const speed = /\d\s?k?m\s?$/.test(before) && /^\/\s?(?:giờ|phút|giây|ngày|h|s)(?!\p{L})/u.test(after);
      const amongMoney =
        money.test(before) || sum.test(before) || /(?:đồng|đ|₫|vnđ|triệu|nghìn)\/[\p{L}\s]+$/u.test(before);
      const joint = (amongMoney || byNoun) && !speed ? 'một' : 'trên';
      if (byNoun || !unit) return { end, spoken: joint };
      const written = scene.text.slice(match.index, match.index + unit[0].length).replace(/^\/\s?/, '');
      const name = { h: 'giờ', s: 'giây' }[written.toLowerCase()] ?? unitWords(written) ?? written;
      return { end: match.index + unit[0].length, spoken: `${joint} ${name}` };
    },
  },
  {
    name: 'slash',
    pattern: sticky(String.raw`\/`),
    say(match, scene) {
      // 0239.3855.885/0912.12.34.56: two telephones.
      if (/^\/0\d{2,3}[\d\s.-]{6}/.test(ahead(scene, match.index))) return undefined;
      if (isDigit(scene.text.charAt(match.index - 1))) return 'trên';
      // Đã chi 12.000.000đ/15.000.000đ: so much of so much.
      if (/^\/\s?\d[\d.,]*\s?(?:đồng|đ|tỷ|triệu|tr|usd|vnđ)(?!\p{L})/u.test(ahead(scene, match.index)) && money.test(behind(scene, match.index)))
        return 'trên';
      // 250mm/24h: so much within that time.
      if (
        /^\/\s?\d{1,2}\s?(?:h|giờ)(?!\p{L})/u.test(ahead(scene, match.index)) &&
        counted.test(behind(scene, match.index))
      )
        return 'trong';
      // 2.356 cử tri/2.360, 12 cháu/15: so many of so many.
      if (
        /^\/\s?\d[\d.]*(?:\s?[,;()]|\.?\s?$)/.test(ahead(scene, match.index)) &&
        /\d[\d.]*\s\p{Ll}+(?:\s\p{Ll}+)?\s?$/u.test(behind(scene, match.index)) &&
        !/(?:ngày|tháng|tổ|số|khu|thôn|xóm|năm)\s\d[^,;]*$/.test(behind(scene, match.index))
      )
        return 'trên';
      // 4 muỗng/10 lít nước: so much in so much.
      if (
        /^\/\s?\d[\d.,]*\s?(?:lít|ml|kg|m[23²³]|ha|sào|tấn|tạ|mét)(?!\p{L})/u.test(ahead(scene, match.index)) &&
        counted.test(behind(scene, match.index))
      )
        return 'trên';
      const digitNext = isDigit(scene.text.charAt(match.index + 1));
      if (digitNext && /^\/\s?\d+\s(?:năm|tháng|ngày|tuần|giờ|phút|hộ|người|héc)/.test(ahead(scene, match.index)))
        return 'trên';
      return digitNext &&
        /\d\s?(?:ml|ML|l|lít|g|kg|mg|cc|m|m2)$/.test(scene.text.slice(Math.max(0, match.index - 6), match.index))
        ? 'trên'
        : undefined;
    },
  },
  {
    // '+ Phối hợp …' at the start of a line is a bullet; so is '; + Thôn 2: …' in a list that goes on within it.
    name: 'pause',
    pattern: sticky(String.raw`\+(?=\s*\D)`),
    say: (match, scene) =>
      startsLine(scene, match.index) || /[;:.]\s$/.test(behind(scene, match.index)) ? '' : undefined,
  },
  {
    name: 'sign',
    pattern: sticky(String.raw`\+(?=\s?\d)`),
    say: (match, scene) =>
      /(?:\d|\p{L})\s?$/u.test(behind(scene, match.index))
        ? 'cộng'
        : scene.text.charAt(match.index + 1) === ' '
          ? undefined
          : 'cộng',
  },
  {
    name: 'sign',
    pattern: sticky(String.raw`[*](?=\s?\d)`),
    say: (match, scene) => (/\d\s?$/.test(behind(scene, match.index)) ? 'nhân' : undefined),
  },
  { name: 'about', pattern: sticky(String.raw`~(?=\s?\d)`), say: () => 'khoảng' },
  { name: 'hash', pattern: sticky(String.raw`#(?=\d)`), say: () => 'số' },
  {
    // #PhuongThanhSen, #PhườngThànhSen: the words that the tag is written of.
    name: 'hash',
    pattern: sticky(String.raw`#([\p{L}][\p{L}\p{M}\p{N}_]{2,})`),
    say(match, scene): Found | undefined {
      const words = (match[1] ?? '').replace(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' ').split(' ');
      const end = endOf(match);
      if (words.every((word) => /[^a-z]/i.test(word) && isSyllable(word.toLowerCase())))
        return { end, spoken: words.join(' ').toLowerCase() };
      const guess = { guessed: false };
      const spoken = addressWords((match[1] ?? '').replace(/_/g, ''), scene, guess);
      return spoken === '' ? undefined : { end, spoken, warn: 'foreign-word' };
    },
  },
  {
    name: 'number',
    pattern: new RegExp(String.raw`[.,](${NUMBER})`, 'yu'),
    say: (match, scene) =>
      scene.text.charAt(match.index - 1) === '' || /\s/.test(scene.text.charAt(match.index - 1))
        ? `${numberWords(match[1] ?? '', scene.settings)}`
        : undefined,
  },
  {
    name: 'sign',
    pattern: sticky(String.raw`[<>]=`),
    say: (match) => (match[0] === '>=' ? 'lớn hơn hoặc bằng' : 'nhỏ hơn hoặc bằng'),
  },
  {
    // 'sốt > 38 độ', '< 18 tuổi': nothing is compared, the number alone is a bound.
    name: 'bound',
    pattern: sticky(String.raw`[<>](?=\s?\d)`),
    say: (match, scene) => (/\d\s?$/.test(behind(scene, match.index)) ? undefined : match[0] === '>' ? 'trên' : 'dưới'),
  },
  { name: 'sign', pattern: one, say: (match) => signs[match[0]] },
];
