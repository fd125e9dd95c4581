import { digitWords, integerWords } from '../words/integer-words.js';
import { NUMBER, numberWords, TO } from '../words/number-forms.js';
import {
  ahead,
  behind,
  END,
  endOf,
  inHeading,
  isDigit,
  type Found,
  type Rule,
  type RuleContext,
} from '../words/rule-context.js';
import { UNIT, unitIn, unitWords } from '../words/units.js';
import { ageAndMoreRule, ageRule } from './age.rule.js';

const flags = 'iyu';
const AMOUNT = String.raw`(?:${NUMBER}\s?\/\s?${NUMBER}|${NUMBER})`;
const RATE = String.raw`(?:\/\s?(${UNIT}|h|s|min)(?![\p{L}\p{M}\p{N}°]))?`;
const measure = new RegExp(
  String.raw`(${AMOUNT})(?:\s?(${UNIT})(?![\p{L}\p{M}\p{N}°]))?(?:${TO}(${NUMBER}))?(?:\s?(${UNIT})(?![\p{L}\p{M}\p{N}°]))${RATE}`,
  flags,
);
const single = new RegExp(String.raw`(${AMOUNT})(\s?)(${UNIT})(?![\p{L}\p{M}\p{N}°])${RATE}`, flags);
/** 1m75, 2m5, 3kg2. */
const glued = new RegExp(String.raw`(\d{1,3})(m|kg)(\d{1,2})${END}`, flags);
const percent = new RegExp(String.raw`(${NUMBER})\s?([%‰])?(?:${TO}(${NUMBER}))?\s?([%‰])`, 'yu');
const byBy = new RegExp(String.raw`(${NUMBER})(\s?)[xX*](\s?)(?=\d)`, 'yu');

/** Unit symbols that, after a space or as a capital, are more often a class, a house or a name. */
const risky = /^(?:v|t|l|g|m|gr|ma|mb|tb|gb|kb|ha|ui|iu|cc|db|mol|nm|v)$/i;

export const measureRules: readonly Rule[] = [
  ageAndMoreRule,
  ageRule,
  {
    // Xe 45c, ô tô 16c: seats.
    name: 'measure',
    pattern: new RegExp(String.raw`(\d{1,2})c${END}`, 'yu'),
    say: (match, context) =>
      /(?<!\p{L})(?:xe|ô tô|xe khách|chiếc|loại)\s$/u.test(behind(context, match.index))
        ? `${integerWords(match[1] ?? '', context.settings)} chỗ`
        : undefined,
  },
  {
    // Tivi 43", màn hình 6,5".
    name: 'measure',
    pattern: new RegExp(String.raw`(${NUMBER})\s?["″”]`, 'yu'),
    say: (match, context) =>
      /(?:ti\s?vi|tv|màn hình|laptop|ipad)[^".;]{0,14}$/.test(behind(context, match.index))
        ? `${numberWords(match[1] ?? '', context.settings)} inch`
        : undefined,
  },
  {
    name: 'percent',
    pattern: percent,
    say(match, context) {
      const [, first = '', mark, second, last = ''] = match;
      const unit = last === '%' ? 'phần trăm' : 'phần nghìn';
      if (mark !== undefined && second === undefined)
        return {
          end: match.index + match[0].length - 1,
          spoken: `${say(first, context)} ${mark === '%' ? 'phần trăm' : 'phần nghìn'}`,
        };
      if (second === undefined) return `${say(first, context)} ${unit}`;
      return `${say(first, context)}${mark ? ` ${mark === '%' ? 'phần trăm' : 'phần nghìn'}` : ''} đến ${say(second, context)} ${unit}`;
    },
  },
  {
    name: 'measure',
    pattern: glued,
    say(match, context) {
      const [, whole = '', unit = '', part = ''] = match;
      if (unit === 'M' && !inHeading(context, match.index)) return undefined;
      // Cao 1m2 is a height; elsewhere 2m2 is an area.
      if (
        unit.toLowerCase() === 'm' &&
        /^[23]$/.test(part) &&
        !/(?:cao|sâu|cao khoảng|sâu khoảng)\s$|\dm\d{0,2}\s?(?:-|đến)\s?$/.test(behind(context, match.index))
      )
        return undefined;
      const tail = part.startsWith('0') ? digitWords(part) : integerWords(part, context.settings);
      return `${integerWords(whole, context.settings)} ${unitIn(context, unit)} ${tail}`;
    },
  },
  {
    name: 'measure',
    pattern: measure,
    say(match, context): Found | undefined {
      const [, first = '', firstUnit, second, unit = '', rate] = match;
      if (second === undefined) return undefined;
      // 19°N - 112°E is one position, 2h - 3km no range.
      if (firstUnit !== undefined && unitWords(firstUnit) !== unitWords(unit)) return undefined;
      if (!allowed(unit, /\s$/.test(match[0].slice(0, match[0].lastIndexOf(unit))), inHeading(context, match.index)))
        return undefined;
      const head =
        firstUnit === undefined ? say(first, context) : `${say(first, context)} ${unitIn(context, firstUnit)}`;
      return {
        end: endOf(match),
        spoken: `${head} đến ${say(second, context)} ${unitIn(context, unit)}${perWords(rate, context)}`,
      };
    },
  },
  {
    name: 'measure',
    pattern: single,
    say(match, context): Found | undefined {
      const [, amount = '', space = '', unit = '', rate] = match;
      if (!allowed(unit, space !== '', inHeading(context, match.index))) return undefined;
      // 'xe trên 10T' is tonnes; 'câu lạc bộ 4T' and 'MRI 1.5T' are names.
      if (
        unit === 'T' &&
        !/(?:tải|xe lu|lu|xe ben|cẩu|thùng|xe|nặng|trọng|lượng|hàng|cầu|trên|dưới|quá|đến|từ|[<>≤≥])\s*$/.test(
          behind(context, match.index),
        )
      )
        return undefined;
      if (
        /^(?:lớp|khối|lô|tổ|nhà|căn|phòng|số|đội)\s*$/.test(behind(context, match.index).slice(-6)) &&
        unit.length === 1
      )
        return undefined;
      return {
        end: endOf(match),
        spoken: `${say(amount, context)} ${unitIn(context, unit)}${perWords(rate, context)}`,
      };
    },
  },
  {
    name: 'size',
    pattern: byBy,
    say: (match, context) =>
      (match[2] === '') === (match[3] === '') ? `${say(match[1] ?? '', context)} nhân` : undefined,
  },
];

function allowed(unit: string, spaced: boolean, heading: boolean): boolean {
  if (unitWords(unit) === undefined) return false;
  if (heading && /^(?:m|g|l|ha|db)$/i.test(unit)) return true;
  if (!risky.test(unit) || !spaced) return !/^[MG]$/.test(unit);
  return (
    /^(?:IU|UI)$/.test(unit) ||
    unit === 'm' ||
    unit === 'g' ||
    unit === 'l' ||
    /^ha$/i.test(unit) ||
    unit === 'V' ||
    /^[mgtk]b$/i.test(unit) ||
    /^(?:gr|mA|dB)$/.test(unit)
  );
}

function perWords(rate: string | undefined, context: RuleContext): string {
  if (rate === undefined) return '';
  const plain: Record<string, string> = { h: 'giờ', s: 'giây', min: 'phút' };
  return ` trên ${plain[rate.toLowerCase()] ?? unitIn(context, rate)}`;
}

/** The words of an amount: 1/2 → một phần hai, but 140/90 → một trăm bốn mươi trên chín mươi. */
function say(amount: string, context: RuleContext): string {
  const parts = /^(.*?)\s?\/\s?([\d.,]+)$/.exec(amount);
  if (!parts) return numberWords(amount, context.settings);
  const [, top = '', bottom = ''] = parts;
  if (/[.,]/.test(top + bottom))
    return `${numberWords(top, context.settings)} trên ${numberWords(bottom, context.settings)}`;
  const joint = Number(bottom) <= 10 && Number(top) < Number(bottom) ? 'phần' : 'trên';
  const below = joint === 'phần' && Number(bottom) === 4 ? 'tư' : integerWords(bottom, context.settings);
  return `${numberWords(top, context.settings)} ${joint} ${below}`;
}

const bareUnit = new RegExp(String.raw`(${UNIT})(?![\p{L}\p{M}\p{N}°])`, flags);
const sureBare = /^(?:kg|km|cm|mm|ml|mg|km2|km²|m2|m²|m3|m³|cm2|kwh|kw|mmhg|mmol|°c|°|mw|mwh|khz|mhz|ghz|gb)$/i;
/** In capitals these are more often offices and classes than units: MG is mẫu giáo. */
const capitalUnit = /^(?:MG|ML|MM|CM)$/;

/** 100cm x 50cm: an x between two sizes, or between the factors of a product: 0,03% x diện tích x giá đất. */
export const timesRule: Rule = {
  name: 'size',
  pattern: new RegExp(String.raw`[xX](?=\s?\d|\s\p{L})`, 'yu'),
  say(match, context) {
    const before = behind(context, match.index);
    const roads =
      /(?:giao|ngã tư|ngã ba|nút)[^,.;]*\s$/.test(before) &&
      /^x\s\p{Lu}/u.test(context.text.slice(match.index, match.index + 4));
    if (roads) return 'giao';
    if (/\s\d|^.\d/.test(ahead(context, match.index).slice(0, 3)))
      return /\d[^,.;\d]{0,14}$/.test(before) ? 'nhân' : undefined;
    return match[0] === 'x' && /[\d%][^.;]*\s$/.test(before) && !/(?:dấu|chữ|ẩn|trục|gạch)\s$/.test(before)
      ? 'nhân'
      : undefined;
  },
};

/** DT 215,6m2: before an area DT means diện tích, not a telephone. */
export const areaRule: Rule = {
  name: 'measure',
  pattern: new RegExp(String.raw`DT(?:\s?:)?\s?(${NUMBER})\s?(m[2²]|km[2²]|ha)(?![\p{L}\p{N}])`, 'yu'),
  say: (match, context) =>
    `diện tích ${numberWords(match[1] ?? '', context.settings)} ${unitIn(context, match[2] ?? '')}`,
};

/** A unit without a number: 'mỗi kg', 'đồng/kWh', 'tấn/ha'. */
export const bareUnitRule: Rule = {
  name: 'unit',
  pattern: bareUnit,
  say(match, context) {
    const unit = match[1] ?? '';
    if (isDigit(context.text.charAt(match.index - 1))) return undefined;
    const rate = /\/\s?$/.test(behind(context, match.index));
    if (!rate && (!sureBare.test(unit) || capitalUnit.test(unit))) return undefined;
    return unitIn(context, unit);
  },
};
