import { digitWords, integerWords } from '../integer-words.js';
import { NUMBER, numberWords, TO } from '../number-forms.js';
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
} from '../rule-context.js';
import { UNIT, unitIn, unitWords } from '../units.js';
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
    say: (match, scene) =>
      /(?<!\p{L})(?:xe|ô tô|xe khách|chiếc|loại)\s$/u.test(behind(scene, match.index))
        ? `${integerWords(match[1] ?? '', scene.settings)} chỗ`
        : undefined,
  },
  {
    // Tivi 43", màn hình 6,5".
    name: 'measure',
    pattern: new RegExp(String.raw`(${NUMBER})\s?["″”]`, 'yu'),
    say: (match, scene) =>
      /(?:ti\s?vi|tv|màn hình|laptop|ipad)[^".;]{0,14}$/.test(behind(scene, match.index))
        ? `${numberWords(match[1] ?? '', scene.settings)} inch`
        : undefined,
  },
  {
    name: 'percent',
    pattern: percent,
    say(match, scene) {
      const [, first = '', mark, second, last = ''] = match;
      const unit = last === '%' ? 'phần trăm' : 'phần nghìn';
      if (mark !== undefined && second === undefined)
        return {
          end: match.index + match[0].length - 1,
          spoken: `${say(first, scene)} ${mark === '%' ? 'phần trăm' : 'phần nghìn'}`,
        };
      if (second === undefined) return `${say(first, scene)} ${unit}`;
      return `${say(first, scene)}${mark ? ` ${mark === '%' ? 'phần trăm' : 'phần nghìn'}` : ''} đến ${say(second, scene)} ${unit}`;
    },
  },
  {
    name: 'measure',
    pattern: glued,
    say(match, scene) {
      const [, whole = '', unit = '', part = ''] = match;
      if (unit === 'M' && !inHeading(scene, match.index)) return undefined;
      // Cao 1m2 is a height; elsewhere 2m2 is an area.
      if (
        unit.toLowerCase() === 'm' &&
        /^[23]$/.test(part) &&
        !/(?:cao|sâu|cao khoảng|sâu khoảng)\s$|\dm\d{0,2}\s?(?:-|đến)\s?$/.test(behind(scene, match.index))
      )
        return undefined;
      const tail = part.startsWith('0') ? digitWords(part) : integerWords(part, scene.settings);
      return `${integerWords(whole, scene.settings)} ${unitIn(scene, unit)} ${tail}`;
    },
  },
  {
    name: 'measure',
    pattern: measure,
    say(match, scene): Found | undefined {
      const [, first = '', firstUnit, second, unit = '', rate] = match;
      if (second === undefined) return undefined;
      // 19°N - 112°E is one position, 2h - 3km no range.
      if (firstUnit !== undefined && unitWords(firstUnit) !== unitWords(unit)) return undefined;
      if (!allowed(unit, /\s$/.test(match[0].slice(0, match[0].lastIndexOf(unit))), inHeading(scene, match.index)))
        return undefined;
      const head = firstUnit === undefined ? say(first, scene) : `${say(first, scene)} ${unitIn(scene, firstUnit)}`;
      return {
        end: endOf(match),
        spoken: `${head} đến ${say(second, scene)} ${unitIn(scene, unit)}${perWords(rate, scene)}`,
      };
    },
  },
  {
    name: 'measure',
    pattern: single,
    say(match, scene): Found | undefined {
      const [, amount = '', space = '', unit = '', rate] = match;
      if (!allowed(unit, space !== '', inHeading(scene, match.index))) return undefined;
      // 'xe trên 10T' is tonnes; 'câu lạc bộ 4T' and 'MRI 1.5T' are names.
      if (
        unit === 'T' &&
        !/(?:tải|xe lu|lu|xe ben|cẩu|thùng|xe|nặng|trọng|lượng|hàng|cầu|trên|dưới|quá|đến|từ|[<>≤≥])\s*$/.test(
          behind(scene, match.index),
        )
      )
        return undefined;
      if (
        /^(?:lớp|khối|lô|tổ|nhà|căn|phòng|số|đội)\s*$/.test(behind(scene, match.index).slice(-6)) &&
        unit.length === 1
      )
        return undefined;
      return { end: endOf(match), spoken: `${say(amount, scene)} ${unitIn(scene, unit)}${perWords(rate, scene)}` };
    },
  },
  {
    name: 'size',
    pattern: byBy,
    say: (match, scene) => ((match[2] === '') === (match[3] === '') ? `${say(match[1] ?? '', scene)} nhân` : undefined),
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

function perWords(rate: string | undefined, scene: RuleContext): string {
  if (rate === undefined) return '';
  const plain: Record<string, string> = { h: 'giờ', s: 'giây', min: 'phút' };
  return ` trên ${plain[rate.toLowerCase()] ?? unitIn(scene, rate)}`;
}

/** The words of an amount: 1/2 → một phần hai, but 140/90 → một trăm bốn mươi trên chín mươi. */
function say(amount: string, scene: RuleContext): string {
  const parts = /^(.*?)\s?\/\s?([\d.,]+)$/.exec(amount);
  if (!parts) return numberWords(amount, scene.settings);
  const [, top = '', bottom = ''] = parts;
  if (/[.,]/.test(top + bottom))
    return `${numberWords(top, scene.settings)} trên ${numberWords(bottom, scene.settings)}`;
  const joint = Number(bottom) <= 10 && Number(top) < Number(bottom) ? 'phần' : 'trên';
  const below = joint === 'phần' && Number(bottom) === 4 ? 'tư' : integerWords(bottom, scene.settings);
  return `${numberWords(top, scene.settings)} ${joint} ${below}`;
}

const bareUnit = new RegExp(String.raw`(${UNIT})(?![\p{L}\p{M}\p{N}°])`, flags);
const sureBare = /^(?:kg|km|cm|mm|ml|mg|km2|km²|m2|m²|m3|m³|cm2|kwh|kw|mmhg|mmol|°c|°|mw|mwh|khz|mhz|ghz|gb)$/i;
/** In capitals these are more often offices and classes than units: MG is mẫu giáo. */
const capitalUnit = /^(?:MG|ML|MM|CM)$/;

/** 100cm x 50cm: an x between two sizes, or between the factors of a product: 0,03% x diện tích x giá đất. */
export const timesRule: Rule = {
  name: 'size',
  pattern: new RegExp(String.raw`[xX](?=\s?\d|\s\p{L})`, 'yu'),
  say(match, scene) {
    const before = behind(scene, match.index);
    const roads =
      /(?:giao|ngã tư|ngã ba|nút)[^,.;]*\s$/.test(before) &&
      /^x\s\p{Lu}/u.test(scene.text.slice(match.index, match.index + 4));
    if (roads) return 'giao';
    if (/\s\d|^.\d/.test(ahead(scene, match.index).slice(0, 3)))
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
  say: (match, scene) => `diện tích ${numberWords(match[1] ?? '', scene.settings)} ${unitIn(scene, match[2] ?? '')}`,
};

/** A unit without a number: 'mỗi kg', 'đồng/kWh', 'tấn/ha'. */
export const bareUnitRule: Rule = {
  name: 'unit',
  pattern: bareUnit,
  say(match, scene) {
    const unit = match[1] ?? '';
    if (isDigit(scene.text.charAt(match.index - 1))) return undefined;
    const rate = /\/\s?$/.test(behind(scene, match.index));
    if (!rate && (!sureBare.test(unit) || capitalUnit.test(unit))) return undefined;
    return unitIn(scene, unit);
  },
};
