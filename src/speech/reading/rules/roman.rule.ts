import { integerWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import { romanValue } from '../words/roman-value.js';
import { behind, END, endOf, sticky, type Found, type Rule, type RuleContext } from '../words/rule-context.js';
import { startsLine } from './list.rule.js';
import { isSyllable } from '../text/syllable.js';

const key =
  '(?:báo động|báo động cấp|giải|khóa|khoá|kỳ|kì|kỳ họp|quý|chương|phụ lục|đại hội|thế kỷ|thế kỉ|phần|mục|đoạn|khoản|điều|tập|quyển|cấp|loại|hạng|bậc|lần thứ|lần|thứ|khu|khu vực|kv|vùng|nhóm|giai đoạn|đợt|học kỳ|học kì|nhiệm kỳ|công ước|bảng|biểu|mẫu|cụm|phường|trung ương|quân đoàn|số|chiến khu|liên khu|tiểu mục|vành đai|đô thị loại|di tích|type|tuýp)';
const after = new RegExp(String.raw`${key}[\s:"“”'*_~-]*$`);
/** A list continues from one numeral to the next: phụ lục I, II và III. */
const listAfter = new RegExp(
  String.raw`${key}\s*[ivxlcdm]+(?:\s?(?:,|-|và|đến|hoặc)\s?[ivxlcdm]+)*\s?(?:,|-|và|đến|hoặc)\s?$`,
);
const capitals = sticky(String.raw`[IVXLCDM]+${END}`);
const small = sticky(String.raw`(?:[ivxl]+|[ivxlcdm]{3,})${END}`);
/** 'I. ' and 'II) ' at the start of a line number its sections. */
const heading = sticky(String.raw`([IVX]+)(?=[^\p{L}\p{N}\u001e]{0,12}\.|[)/]|\s?-\s)`);

/** 'mục I.2', 'phần II.1.a'. */
const section = sticky(String.raw`([IVX]+)((?:\.(?:\d{1,2}|[a-zđ])){1,4})(?![\p{L}\p{N}])`);

/** đợt I/2024, kỳ II/2025: a period of a year. */
const ofYear = sticky(String.raw`([IVX]+)\s?\/\s?((?:19|20)\d{2})(?![\p{L}\p{N}/]|[.,]\d)`);

export const romanRules: readonly Rule[] = [
  {
    name: 'roman',
    pattern: ofYear,
    say(match, context) {
      const part = after.test(behind(context, match.index)) ? words(match[1] ?? '', context) : undefined;
      return part && `${part} năm ${integerWords(match[2] ?? '', context.settings)}`;
    },
  },
  {
    // Chương I - III, thế kỷ XIX-XX.
    name: 'roman',
    pattern: sticky(String.raw`([IVX]+)\s?-\s?([IVX]+)${END}(?!\s?-)`),
    say(match, context) {
      const [, first = '', last = ''] = match;
      const before = behind(context, match.index);
      if (!after.test(before) || /giải\s*$/.test(before) || romanValue(first) >= romanValue(last)) return undefined;
      const from = words(first, context);
      return from && `${from} đến ${words(last, context) ?? ''}`;
    },
  },
  {
    name: 'section',
    pattern: section,
    say(match, context) {
      const head = words(match[1] ?? '', context);
      const tail = (match[2] ?? '').slice(1).split('.');
      if (head === undefined) return undefined;
      return [
        head,
        ...tail.map((part) => (/\d/.test(part) ? integerWords(part, context.settings) : (spell(part) ?? part))),
      ].join(' chấm ');
    },
  },
  {
    name: 'roman',
    pattern: heading,
    say: (match, context) => (startsLine(context, match.index) ? words(match[1] ?? '', context) : undefined),
  },
  {
    name: 'roman',
    pattern: capitals,
    say(match, context): Found | undefined {
      const written = match[0];
      const before = behind(context, match.index);
      const year = written.length > 3 && /năm\s*$/.test(before);
      // 'phường I a Kring': the spoken form of Ia, no numeral.
      if (written === 'I' && /^ a (?!\p{Ll})/u.test(context.text.slice(endOf(match), endOf(match) + 4)))
        return undefined;
      const keyed = year || after.test(before) || listAfter.test(before);
      // A single L, C, D or M is a letter (mục C); V, X and I are numerals after a key word, VI and XI everywhere.
      if (keyed && (written.length > 1 || /[IVX]/.test(written))) return found(match, context);
      const listed = /[:;,]\s*$/.test(before) && /^:\s?\d/.test(context.text.slice(endOf(match), endOf(match) + 3));
      if (written === 'I' && listed) return found(match, context);
      if (!keyed && written.length === 1)
        return /[IVX]/.test(written) && numbersPlace(match, context) ? found(match, context) : undefined;
      // Ông XX, hộ XXX: a withheld name.
      if (!keyed && /^X+$/.test(written) && !/tk\s?$/.test(before)) return undefined;
      return /^[IVX]+$/.test(written) && !isSyllable(written.toLowerCase()) ? found(match, context) : undefined;
    },
  },
  {
    name: 'roman',
    pattern: small,
    say(match, context): Found | undefined {
      const written = match[0];
      if (isSyllable(written) || written.length < 2) {
        // (i) (v) (x) number the items of a list.
        const enclosed =
          /^[ivx]+$/.test(written) && context.text[match.index - 1] === '(' && context.text[endOf(match)] === ')';
        return enclosed ? found(match, context) : undefined;
      }
      const before = behind(context, match.index);
      const year = written.length > 3 && /năm\s*$/.test(before);
      return year || after.test(before) || context.text[match.index - 1] === '(' ? found(match, context) : undefined;
    },
  },
];

/** Phường Hải Châu I, ấp Hòa Bình V: one of several places with the same name. */
const placeBefore =
  /(?:phường|xã|thôn|ấp|khóm|xóm|làng|khu phố|khu dân cư|kdc|tổ dân phố|tdp|bản|buôn|tiểu học|mầm non|thcs|chợ|cầu|trạm|nhà máy|thủy điện|khu công nghiệp|kcn|cụm công nghiệp|ccn|khu đô thị|kđt|khu tái định cư|bến xe|nhà văn hóa|p\.)\s?(?:\p{L}+\s){1,3}$/u;

function numbersPlace(match: RegExpExecArray, context: RuleContext): boolean {
  const name = /(?:\p{Lu}\p{Ll}+ ){1,3}$/u.test(context.text.slice(Math.max(0, match.index - 24), match.index));
  const goesOnAsName = /^ \p{Lu}\p{Ll}/u.test(context.text.slice(endOf(match), endOf(match) + 3));
  return name && !goesOnAsName && placeBefore.test(behind(context, match.index));
}

const ordinals: Readonly<Record<string, string>> = { I: 'nhất', IV: 'tư' };

/** Giải I, giải II: prizes use their own words. */
const prizes: Readonly<Record<string, string>> = { I: 'nhất', II: 'nhì' };

function found(match: RegExpExecArray, context: RuleContext): Found | undefined {
  const before = behind(context, match.index);
  // Giải thưởng: I: 1tr; II: 700k.
  const table =
    /giải[^.]{0,36}[:;,]\s*$/.test(before) && /^:\s?\d/.test(context.text.slice(endOf(match), endOf(match) + 3));
  const names = table
    ? prizes
    : /(?<!\p{L})thứ\s*$/u.test(before)
      ? ordinals
      : /(?<!\p{L})giải\s*(?:i{1,3}\s?(?:,|và|-)\s?)*$/u.test(before)
        ? prizes
        : {};
  const ordinal = names[match[0].toUpperCase()];
  const spoken = ordinal ?? words(match[0], context);
  return spoken === undefined ? undefined : { end: endOf(match), spoken };
}

function words(written: string, context: RuleContext): string | undefined {
  const value = romanValue(written.toUpperCase());
  return value === 0 ? undefined : integerWords(String(value), context.settings);
}
