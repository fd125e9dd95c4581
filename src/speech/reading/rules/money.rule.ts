import { integerWords } from '../words/integer-words.js';
import { NUMBER, numberWords, TO, valueOf } from '../words/number-forms.js';
import { ahead, behind, END, endOf, type Rule, type RuleContext } from '../words/rule-context.js';

const SPACED = String.raw`\d{1,3}(?:\s\d{3}){1,6}(?!\d)`;
const CURRENCY = String.raw`(?:(?:đ|vnđ|vnd)\sđồng|trđ|tr\.đ|tỷđ|vnđ|vnd|đồng|₫|đ(?!\/c(?!\p{L}))|usd|us\$|\$|euro|eur|€|£|gbp|¥|jpy|₩|krw|cny|rmb|₹|thb|xu)`;
const SCALE = String.raw`(?:tỷ|tỉ|triệu|nghìn|ngàn|trăm|tr(?!\.đ)|k)`;
const SIGNED = String.raw`(?:usd(?=\s?\d)|vnđ(?=\s?\d)|vnd(?=\s?\d)|eur(?=\s?\d)|us\$|\$|€|£|¥|₫|₩|₹)`;
const flags = 'iyu';
const END_OF_MONEY = String.raw`(?:(?<=[$€£¥₫₩₹])|${END})`;

/** 50.000đ, 1,5 tỷ đồng, 100k, 20.000.000VNĐ, and ranges whose first end may borrow the unit of the second. */
const amount = new RegExp(
  String.raw`(${SPACED}|${NUMBER})(\s?${SCALE}${END})?(?:((?:\s?|(?<=\.\d{3})[.,]\s?)${CURRENCY})${END_OF_MONEY})?(?:${TO}(${SPACED}|${NUMBER})(\s?${SCALE}${END})?(?:(\s?${CURRENCY})${END_OF_MONEY})?)?`,
  flags,
);
const before = new RegExp(
  String.raw`(${SIGNED})\s?(${NUMBER})(\s?(?:tỷ|tỉ|triệu|nghìn|k|m|b)${END})?(?:${TO}(?:${SIGNED}\s?)?(${NUMBER})(\s?(?:tỷ|triệu|nghìn|k)${END})?)?`,
  flags,
);
/** 2tr5, 1tr200. '3 tỷ 2' is not matched: only forms without spaces are one number. */
const glued = new RegExp(String.raw`(\d{1,3})(tr|k|t|tỷ|triệu)(\d{1,3})(\s?(?:đ|đồng|vnđ|vnd)${END})?${END}`, flags);

const names: Readonly<Record<string, string>> = {
  trđ: 'triệu đồng',
  'tr.đ': 'triệu đồng',
  tỷđ: 'tỷ đồng',
  vnđ: 'đồng',
  vnd: 'đồng',
  đồng: 'đồng',
  '₫': 'đồng',
  đ: 'đồng',
  usd: 'đô la',
  us$: 'đô la',
  $: 'đô la',
  euro: 'ơ rô',
  eur: 'ơ rô',
  '€': 'ơ rô',
  '£': 'bảng Anh',
  gbp: 'bảng Anh',
  '¥': 'yên Nhật',
  jpy: 'yên Nhật',
  '₩': 'uôn',
  krw: 'uôn',
  cny: 'nhân dân tệ',
  rmb: 'nhân dân tệ',
  '₹': 'rupee',
  thb: 'bạt',
  xu: 'xu',
};

const rule5k =
  /(?:thực hiện|thông điệp|quy tắc|quy định|nguyên tắc|tuân thủ|biện pháp|chấp hành)(?:\s(?:nghiêm|tốt|đúng|đầy đủ))?\s*$/;

/** 1tr500k, 2 tỷ 300tr. */
const twoSteps = new RegExp(
  String.raw`(\d{1,3})(tr|triệu|tỷ)\s?(\d{1,3})(k|nghìn|ngàn|tr|triệu)(\s?(?:đ|đồng|vnđ|vnd))?${END}`,
  flags,
);

export const moneyRules: readonly Rule[] = [
  {
    name: 'money',
    pattern: twoSteps,
    say(match, context) {
      const [, whole = '', scale, rest = '', step, currency] = match;
      const said = [
        integerWords(whole, context.settings) + scaleName(scale, context),
        integerWords(rest, context.settings) + scaleName(step, context),
      ];
      return `${said.join(' ')}${currency ? ' đồng' : ''}`;
    },
  },
  {
    name: 'money',
    pattern: glued,
    say(match, context) {
      const [, whole = '', scale = '', rest = '', currency] = match;
      // Nhà 29T2: a capital T is a tower, unless the context is an amount of money.
      if (
        scale === 'T' &&
        !currency &&
        !/(?:giá|tiền|vốn|phí|hết|thu|chi|nợ|vay)[^.;]*$/.test(behind(context, match.index))
      )
        return undefined;
      const [big, small] = steps(scale.toLowerCase(), context);
      if (big === undefined || small === undefined) return undefined;
      const tail = integerWords(rest.padEnd(3, '0'), context.settings);
      return `${integerWords(whole, context.settings)} ${big} ${tail} ${small}${currency ? ' đồng' : ''}`
        .replace(/ +/g, ' ')
        .trim();
    },
  },
  {
    name: 'money',
    pattern: amount,
    say(match, context) {
      const [, first = '', firstScale, firstCurrency, second, secondScale, secondCurrency] = match;
      // '5K' and '2K' of the Ministry of Health count words that begin with K.
      const health = /^\s?K$/.test(firstScale ?? '') || rule5k.test(behind(context, match.index));
      if (/^\s?k$/i.test(firstScale ?? '') && health && first.length === 1 && !firstCurrency && second === undefined)
        return undefined;
      const bare = !firstScale && !firstCurrency;
      if (firstCurrency === 'đ' && !firstScale && second === undefined && isMark(first, behind(context, match.index)))
        return `${numberWords(first, context.settings)} điểm`;
      if (second === undefined)
        return bare
          ? undefined
          : { end: endOf(match), spoken: said(first, firstScale, firstCurrency, context, match.index) };
      if (!secondScale && !secondCurrency) {
        // '10k-20': the unit is not shared; only the first end is money.
        if (bare) return undefined;
        const end = match.index + (/^.*?(?=\s?[-÷])/.exec(match[0])?.[0].length ?? 0);
        return { end, spoken: said(first, firstScale, firstCurrency, context, match.index) };
      }
      if (bare && !secondCurrency && secondScale && /^k$/i.test(secondScale.trim()) && second.length > 3)
        return undefined;
      return {
        end: endOf(match),
        spoken: `${said(first, firstScale, firstCurrency, context, match.index)} đến ${said(second, secondScale, secondCurrency, context, match.index)}`,
      };
    },
  },
];

export const moneySignRule: Rule = {
  name: 'money',
  pattern: before,
  say(match, context) {
    const [, sign = '', first = '', scale, second, secondScale] = match;
    const unit = currencyName(sign);
    const tail =
      second === undefined ? '' : ` đến ${numberWords(second, context.settings)}${scaleName(secondScale, context)}`;
    if (/[\p{L}\p{N}]/u.test(ahead(context, endOf(match)).charAt(0))) return undefined;
    return `${numberWords(first, context.settings, { money: !scale })}${scaleName(scale, context)}${tail} ${unit}`;
  },
};

/** 22,75đ and 'môn Toán 8đ' are exam marks: no price is so small. */
function isMark(number: string, before: string): boolean {
  if (valueOf(number) <= 1000 && /điểm\s*:?\s*(?:\p{L}+\s)?$/u.test(before)) return true;
  if (valueOf(number) >= 100) return false;
  if (/(?:thắng|hòa|thua|được|cộng|trừ)\s*$/.test(before) && /(?:thắng|hòa|thua)/.test(before)) return true;
  return /^\d+[.,]\d{1,2}$/.test(number) || /(?:điểm|môn|toán|văn|anh|thi|ưu tiên)[^.;]*$/.test(before);
}

/** Marks of the sentence around an amount; a comma among them counts as decimal when one or two digits follow it. */
const SENTENCE = 160;
const sentenceEnd = /[.!?;]\s|\u001e/;
const decimalComma = /(?<![\d,])\d+,\d{1,2}(?![\d,])/;

/** 57,024 USD … tăng 2,68: foreign money with a decimal comma, as the rest of its sentence has one. */
function hasDecimalComma(context: RuleContext, at: number, currency: string | undefined): boolean {
  if (currency === undefined || currencyName(currency.replace(/^[.,]/, '').trim()) === 'đồng') return false;
  const before =
    context.text
      .slice(Math.max(0, at - SENTENCE), at)
      .split(sentenceEnd)
      .at(-1) ?? '';
  const after = context.text.slice(at, at + SENTENCE).split(sentenceEnd)[0] ?? '';
  return decimalComma.test(before + after);
}

function said(
  number: string,
  scale: string | undefined,
  currency: string | undefined,
  context: RuleContext,
  at: number,
): string {
  const digits = number.replace(/\s/g, '');
  const unit = currency === undefined ? '' : currencyName(currency.replace(/^[.,]/, '').trim());
  const cents = /^(\d+),(\d{1,2})$/.exec(digits);
  if (cents && !scale && /[$€]/.test(currency ?? '')) {
    const [, whole = '', part = ''] = cents;
    const few = `${integerWords(part.padEnd(2, '0'), context.settings)} xu`;
    return Number(whole) === 0 ? few : `${integerWords(whole, context.settings)} ${unit} ${few}`;
  }
  const money = !scale && !(/,\d{3}$/.test(digits) && hasDecimalComma(context, at, currency));
  const words = numberWords(digits, context.settings, { money });
  return `${words}${scaleName(scale, context)}${unit && ` ${unit}`}`;
}

function currencyName(written: string): string {
  return names[written.toLowerCase()] ?? 'đồng';
}

function scaleName(written: string | undefined, context: RuleContext): string {
  if (written === undefined) return '';
  const scale = written.trim().toLowerCase();
  if (scale === 'k' || scale === 'nghìn' || scale === 'ngàn')
    return ` ${scale === 'ngàn' ? 'ngàn' : context.settings.thousand}`;
  if (scale === 'tr' || scale === 'm') return ' triệu';
  return scale === 'b' ? ' tỷ' : ` ${scale}`;
}

/** The words before and after the split of 2tr5 (two million five hundred thousand). */
function steps(scale: string, context: RuleContext): [string?, string?] {
  if (scale === 'tr' || scale === 'triệu') return ['triệu', context.settings.thousand];
  if (scale === 't' || scale === 'tỷ') return ['tỷ', 'triệu'];
  return scale === 'k' ? [context.settings.thousand, ''] : [];
}
