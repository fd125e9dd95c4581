import { integerWords } from '../words/integer-words.js';
import { NUMBER } from '../words/number-forms.js';
import { behind, sticky, type Rule } from '../words/rule-context.js';

/** Ambiguous abbreviations, decided by the number after them; lexicon context words cannot decide these. */
export const numberedCapitalsRules: readonly Rule[] = [
  {
    // LS 6,6%/năm: with a percentage, LS is interest (lãi suất), not martyrs (liệt sĩ).
    name: 'capitals',
    pattern: sticky(String.raw`LS(?=\s?:?\s?(?:từ\s|chỉ\s|chỉ từ\s|còn\s)?${NUMBER}\s?%)`),
    say: () => 'lãi suất',
  },
  {
    // Vi phạm K2 Đ15: a clause and its article.
    name: 'ordinal',
    pattern: sticky(String.raw`K(\d{1,2})\s?[,-]?\s?Đ(?:iều\s)?(\d{1,3})(?![\p{L}\p{N}]|[.,/-]\d)`),
    say: (match, context) =>
      `khoản ${integerWords(match[1] ?? '', context.settings)} điều ${integerWords(match[2] ?? '', context.settings)}`,
  },
  {
    // NV1, NV2: choices in a school enrolment.
    name: 'ordinal',
    pattern: sticky(String.raw`NV\s?(\d{1,2})(?![\p{L}\p{N}]|[.,/-]\d)`),
    say: (match, context) =>
      /^NV\d/.test(match[0]) || /(?:xét|tuyển|đăng ký|điểm)[^.;]*$/.test(behind(context, match.index))
        ? `nguyện vọng ${integerWords(match[1] ?? '', context.settings)}`
        : undefined,
  },
  {
    // b1 mở ứng dụng, b2 quét mã: the steps of a guide, not vitamins.
    name: 'list',
    pattern: sticky(String.raw`[bB]([1-9])(?=\s?:?\s\p{L}{2})`),
    say: (match, context) =>
      /(?<!\p{L})b1\s?:?\s\p{Ll}[^]*[,;.:\u001e]\s?b2\s?:?\s\p{Ll}/u.test(context.lower) &&
      /(?:^|[,;.:-])\s?$/.test(behind(context, match.index)) &&
      !/vitamin|nhóm b|khu|lô|tòa|căn|nhà/.test(context.lower.slice(0, 4000))
        ? `bước ${integerWords(match[1] ?? '', context.settings)}`
        : undefined,
  },
  {
    // HS khối 1-5 tựu trường, riêng K1; elsewhere K12 is a lane or a course.
    name: 'ordinal',
    pattern: sticky(String.raw`K([1-9]|1[0-2])(?![\p{L}\p{N}]|[.,/-]\d)`),
    say: (match, context) =>
      /(?<!\p{L})(?:khối|tựu trường|nhập học|học sinh|hs)(?!\p{L})[^.;]*(?<!(?:lớp|khóa|phòng|khối|nhà|hẻm|kiệt)\s)$/u.test(
        behind(context, match.index),
      )
        ? `khối ${integerWords(match[1] ?? '', context.settings)}`
        : undefined,
  },
];
