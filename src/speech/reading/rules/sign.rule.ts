import { digitWords, integerWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import { NUMBER, numberWords } from '../words/number-forms.js';
import { isSyllable } from '../text/syllable.js';
import { addressWords } from '../words/address-words.js';
import { perRules } from './per.rule.js';
import { startsLine } from './list.rule.js';
import { rangeSignRules } from './range-sign.rule.js';
import { ahead, behind, endOf, sticky, stickyAnyCase, type Found, type Rule } from '../words/rule-context.js';

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
  '₹': 'rupee',
  '₩': 'uôn',
  '∑': 'tổng',
};
const one = /[%‰&@+=≈≠<>≤≥±÷°$€£¥₫²³½¼¾√∞§Ω∅Ø^₹₩∑]/uy;

/** 'tệp .apk', '(đuôi .exe)': a file extension alone. */
export const fileEndingRule: Rule = {
  name: 'web-address',
  pattern: stickyAnyCase(
    String.raw`\.(apk|exe|pdf|docx?|xlsx?|pptx?|zip|rar|html?|jpe?g|png|mp[34]|ipa|vn|com|top|xyz|info|net|org)(?![\p{L}\p{N}])`,
  ),
  say(match, context) {
    if (!/(?:^|[\s("“'‘,/])$/.test(behind(context, match.index))) return undefined;
    const ending = (match[1] ?? '').toLowerCase();
    const known = context.lexicon.alone(ending, ending) ?? { vn: 'vê nờ', com: 'com', net: 'nét', top: 'tốp' }[ending];
    return `chấm ${
      known ??
      ending
        .replace(/[a-z]+|\d/g, (part) =>
          /\d/.test(part) ? integerWords(part, context.settings) : ` ${spell(part) ?? part} `,
        )
        .replace(/\s+/g, ' ')
        .trim()
    }`;
  },
};

export const signRules: readonly Rule[] = [
  ...rangeSignRules,
  {
    // 'Đăng nhập => Chọn': the next step, read as a pause.
    name: 'pause',
    pattern: sticky(String.raw`-{1,2}>|={1,2}>`),
    say: () => '',
  },
  {
    // Bấm *101#, *098*1#: a code dialled on a telephone.
    name: 'phone',
    pattern: sticky(String.raw`\*(\d{2,4}(?:\*\d+){0,3})#`),
    say: (match) => `sao ${(match[1] ?? '').split('*').map(digitWords).join(' sao ')} thăng`,
  },
  {
    // hotline 0236.1022 hoặc *1022: a number of the telephone company.
    name: 'phone',
    pattern: sticky(String.raw`\*(\d{3,5})(?![\p{L}\p{N}*#]|[.,/-]\d)`),
    say: (match, context) =>
      /(?:gọi|bấm|nhấn|tổng đài|hotline|đường dây nóng|liên hệ|số)(?!\p{L})[^;]*$/u.test(behind(context, match.index))
        ? `sao ${digitWords(match[1] ?? '')}`
        : undefined,
  },
  {
    // soạn LD <dấu cách> nội dung: brackets around a placeholder.
    name: 'sign',
    pattern: sticky(String.raw`<(\p{Ll}+(?: \p{Ll}+){0,4})>`),
    say: (match) => ((match[1] ?? '').split(' ').every((word) => isSyllable(word)) ? match[1] : undefined),
  },
  {
    name: 'minus',
    pattern: minus,
    say(match, context): Found | undefined {
      const before = context.text.charAt(match.index - 1);
      const line = behind(context, match.index);
      if (before !== '' && !/[\s(:;,=<>≤≥\u001e]/.test(before)) return undefined;
      // A dash before a number at the start of one of several lines is a bullet: '-5 người'.
      if (
        line.trim() === '' &&
        /\p{L}{2}/u.test(ahead(context, match.index)) &&
        !/^-\d[\d.,]*\s?(?:°|độ|%|tỷ|tỉ|triệu|vạn|nha)/.test(ahead(context, match.index)) &&
        !/^-[\d.,]+(?:\s\d\/\d|\/\d)/.test(ahead(context, match.index))
      )
        return undefined;
      if (/\d\s?$/.test(line)) return undefined;
      return { end: endOf(match), spoken: 'âm' };
    },
  },
  ...perRules,
  {
    // '+ Phối hợp …' at the start of a line is a bullet, and so is '; + Thôn 2: …' in a list that continues within the
    // line.
    name: 'pause',
    pattern: sticky(String.raw`\+(?=\s*\D)`),
    say: (match, context) =>
      startsLine(context, match.index) || /[;:.]\s$/.test(behind(context, match.index)) ? '' : undefined,
  },
  {
    name: 'sign',
    pattern: sticky(String.raw`\+(?=\s?\d)`),
    say: (match, context) =>
      /(?:\d|\p{L})\s?$/u.test(behind(context, match.index))
        ? 'cộng'
        : context.text.charAt(match.index + 1) === ' '
          ? undefined
          : 'cộng',
  },
  {
    name: 'sign',
    pattern: sticky(String.raw`[*](?=\s?\d)`),
    say: (match, context) => (/\d\s?$/.test(behind(context, match.index)) ? 'nhân' : undefined),
  },
  { name: 'about', pattern: sticky(String.raw`~(?=\s?\d)`), say: () => 'khoảng' },
  // C#, F#: read after a letter; alone, # only marks a heading.
  { name: 'sign', pattern: sticky(String.raw`(?<=\p{Lu})#(?![\p{L}\p{N}])`), say: () => 'thăng' },
  // 8_9, mau_02: read beside digits, because dropping it would make another number; between words it is a space, around
  // one word only emphasis.
  {
    name: 'sign',
    pattern: sticky(String.raw`(?<=\p{N})_(?=[\p{L}\p{N}])|(?<=[\p{L}\p{M}])_(?=\p{N})`),
    say: () => 'gạch dưới',
  },
  // #5K is a hashtag, #5 a number.
  { name: 'pause', pattern: sticky(String.raw`#(?=\d{1,2}\p{Lu})`), say: () => '' },
  { name: 'hash', pattern: sticky(String.raw`#(?=\d)`), say: () => 'số' },
  {
    // #PhuongThanhSen, #PhườngThànhSen: the words in the hashtag.
    name: 'hash',
    pattern: sticky(String.raw`#([\p{L}][\p{L}\p{M}\p{N}_]{2,})`),
    say(match, context): Found | undefined {
      const words = (match[1] ?? '').replace(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' ').split(' ');
      const end = endOf(match);
      if (words.every((word) => /[^a-z]/i.test(word) && isSyllable(word.toLowerCase())))
        return { end, spoken: words.join(' ').toLowerCase() };
      const guess = { guessed: false };
      const spoken = addressWords((match[1] ?? '').replace(/_/g, ''), context, guess);
      return spoken === '' ? undefined : { end, spoken, warn: 'foreign-word' };
    },
  },
  {
    name: 'number',
    pattern: new RegExp(String.raw`[.,](${NUMBER})`, 'yu'),
    say: (match, context) =>
      context.text.charAt(match.index - 1) === '' || /\s/.test(context.text.charAt(match.index - 1))
        ? `${numberWords(match[1] ?? '', context.settings)}`
        : undefined,
  },
  {
    name: 'sign',
    pattern: sticky(String.raw`[<>]=`),
    say: (match) => (match[0] === '>=' ? 'lớn hơn hoặc bằng' : 'nhỏ hơn hoặc bằng'),
  },
  {
    // VNeID > Ví giấy tờ > Thẻ BHYT: a path of screens.
    name: 'pause',
    pattern: sticky(String.raw`>(?=\s\p{Lu})`),
    say: (match, context) => (/[\p{L}”"'’]\s$/u.test(behind(context, match.index)) ? '' : undefined),
  },
  {
    // 'sốt > 38 độ', '< 18 tuổi': no left operand; the number alone is a bound.
    name: 'bound',
    pattern: sticky(String.raw`[<>](?=\s?\d)`),
    say: (match, context) =>
      /(?<![\p{L}\d])\d[\d.,]*\s?$/u.test(behind(context, match.index))
        ? undefined
        : match[0] === '>'
          ? 'trên'
          : 'dưới',
  },
  { name: 'sign', pattern: one, say: (match) => signs[match[0]] },
];
