import { integerWords } from '../integer-words.js';
import { NUMBER, numberWords, TO, valueOf } from '../number-forms.js';
import { ahead, behind, END, endOf, type Rule, type RuleContext } from '../rule-context.js';

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
    say(match, scene) {
      const [, whole = '', scale, rest = '', step, currency] = match;
      const said = [
        integerWords(whole, scene.settings) + scaleName(scale, scene),
        integerWords(rest, scene.settings) + scaleName(step, scene),
      ];
      return `${said.join(' ')}${currency ? ' đồng' : ''}`;
    },
  },
  {
    name: 'money',
    pattern: glued,
    say(match, scene) {
      const [, whole = '', scale = '', rest = '', currency] = match;
      // Nhà 29T2: a capital T is a tower, unless the context is an amount of money.
      if (
        scale === 'T' &&
        !currency &&
        !/(?:giá|tiền|vốn|phí|hết|thu|chi|nợ|vay)[^.;]*$/.test(behind(scene, match.index))
      )
        return undefined;
      const [big, small] = steps(scale.toLowerCase(), scene);
      if (big === undefined || small === undefined) return undefined;
      const tail = integerWords(rest.padEnd(3, '0'), scene.settings);
      return `${integerWords(whole, scene.settings)} ${big} ${tail} ${small}${currency ? ' đồng' : ''}`
        .replace(/ +/g, ' ')
        .trim();
    },
  },
  {
    name: 'money',
    pattern: amount,
    say(match, scene) {
      const [, first = '', firstScale, firstCurrency, second, secondScale, secondCurrency] = match;
      // '5K' and '2K' of the Ministry of Health count words that begin with K.
      const health = /^\s?K$/.test(firstScale ?? '') || rule5k.test(behind(scene, match.index));
      if (/^\s?k$/i.test(firstScale ?? '') && health && first.length === 1 && !firstCurrency && second === undefined)
        return undefined;
      const bare = !firstScale && !firstCurrency;
      if (firstCurrency === 'đ' && !firstScale && second === undefined && isMark(first, behind(scene, match.index)))
        return `${numberWords(first, scene.settings)} điểm`;
      if (second === undefined)
        return bare ? undefined : { end: endOf(match), spoken: said(first, firstScale, firstCurrency, scene) };
      if (!secondScale && !secondCurrency) {
        // '10k-20': the unit is not shared; only the first end is money.
        if (bare) return undefined;
        const end = match.index + (/^.*?(?=\s?[-÷])/.exec(match[0])?.[0].length ?? 0);
        return { end, spoken: said(first, firstScale, firstCurrency, scene) };
      }
      if (bare && !secondCurrency && secondScale && /^k$/i.test(secondScale.trim()) && second.length > 3)
        return undefined;
      return {
        end: endOf(match),
        spoken: `${said(first, firstScale, firstCurrency, scene)} đến ${said(second, secondScale, secondCurrency, scene)}`,
      };
    },
  },
];

export const moneySignRule: Rule = {
  name: 'money',
  pattern: before,
  say(match, scene) {
    const [, sign = '', first = '', scale, second, secondScale] = match;
    const unit = currencyName(sign);
    const tail =
      second === undefined ? '' : ` đến ${numberWords(second, scene.settings)}${scaleName(secondScale, scene)}`;
    if (/[\p{L}\p{N}]/u.test(ahead(scene, endOf(match)).charAt(0))) return undefined;
    return `${numberWords(first, scene.settings, { money: !scale })}${scaleName(scale, scene)}${tail} ${unit}`;
  },
};

/** 22,75đ and 'môn Toán 8đ' are exam marks: no price is so small. */
function isMark(number: string, before: string): boolean {
  if (valueOf(number) <= 1000 && /điểm\s*:?\s*(?:\p{L}+\s)?$/u.test(before)) return true;
  if (valueOf(number) >= 100) return false;
  if (/(?:thắng|hòa|thua|được|cộng|trừ)\s*$/.test(before) && /(?:thắng|hòa|thua)/.test(before)) return true;
  return /^\d+[.,]\d{1,2}$/.test(number) || /(?:điểm|môn|toán|văn|anh|thi|ưu tiên)[^.;]*$/.test(before);
}

function said(number: string, scale: string | undefined, currency: string | undefined, scene: RuleContext): string {
  const digits = number.replace(/\s/g, '');
  const unit = currency === undefined ? '' : currencyName(currency.replace(/^[.,]/, '').trim());
  const cents = /^(\d+),(\d{1,2})$/.exec(digits);
  if (cents && !scale && /[$€]/.test(currency ?? '')) {
    const [, whole = '', part = ''] = cents;
    const few = `${integerWords(part.padEnd(2, '0'), scene.settings)} xu`;
    return Number(whole) === 0 ? few : `${integerWords(whole, scene.settings)} ${unit} ${few}`;
  }
  const words = numberWords(digits, scene.settings, { money: !scale });
  return `${words}${scaleName(scale, scene)}${unit && ` ${unit}`}`;
}

function currencyName(written: string): string {
  return names[written.toLowerCase()] ?? 'đồng';
}

function scaleName(written: string | undefined, scene: RuleContext): string {
  if (written === undefined) return '';
  const scale = written.trim().toLowerCase();
  if (scale === 'k' || scale === 'nghìn' || scale === 'ngàn')
    return ` ${scale === 'ngàn' ? 'ngàn' : scene.settings.thousand}`;
  if (scale === 'tr' || scale === 'm') return ' triệu';
  return scale === 'b' ? ' tỷ' : ` ${scale}`;
}

/** The words before and after the split of 2tr5 (two million five hundred thousand). */
function steps(scale: string, scene: RuleContext): [string?, string?] {
  if (scale === 'tr' || scale === 'triệu') return ['triệu', scene.settings.thousand];
  if (scale === 't' || scale === 'tỷ') return ['tỷ', 'triệu'];
  return scale === 'k' ? [scene.settings.thousand, ''] : [];
}
