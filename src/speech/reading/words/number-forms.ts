import { digitWords, integerWords } from './integer-words.js';
import type { ReadingSettings } from '../text/reading.js';

/**
 * A number inside a larger pattern: 1.234.567,5 | 1,234,567 | 12,5 | 12.5 | 12. Grouping is tried first: Vietnamese
 * documents write thousands with dots and decimals with a comma.
 */
export const NUMBER = String.raw`(?:\d{1,3}(?:\.\d{3}){1,8}(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3}){2,8}(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?)`;
/** The sign between the ends of a range: 5-10, 5 - 10, 5÷10. All dashes were normalised to '-' before. */
export const TO = String.raw`\s?[-÷]\s?`;

const dotted = /^[1-9]\d{0,2}(?:\.\d{3})+(?:,(\d+))?$/;
const english = /^[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.(\d+))?$/;
const decimal = /^(\d+)([.,])(\d+)$/;

/**
 * Words of a NUMBER. `money`: three digits after one comma are thousands, because amounts of đồng never have three
 * decimals. `plainDot`: the dot of 2.0 is read as a dot (a version, a section), not as a decimal mark.
 */
export function numberWords(
  written: string,
  settings: ReadingSettings,
  how: { money?: boolean; plainDot?: boolean } = {},
): string {
  const groups = dotted.exec(written) ?? english.exec(written);
  if (groups) {
    const [whole, decimals] = written.startsWith('0')
      ? [written, undefined]
      : [groupsOnly(written, groups[1]), groups[1]];
    return withDecimals(whole, decimals, settings);
  }
  const parts = decimal.exec(written);
  if (/^0\d{2,}$/.test(written)) return digitWords(written);
  if (!parts) return integerWords(written.replace(/[.,]/g, ''), settings);
  const [, whole = '', mark, decimals = ''] = parts;
  if (how.money && mark === ',' && decimals.length === 3 && !whole.startsWith('0'))
    return integerWords(whole + decimals, settings);
  if (mark === '.' && how.plainDot) {
    const after = decimals.startsWith('0') ? digitWords(decimals) : integerWords(decimals, settings);
    return `${integerWords(whole, settings)} chấm ${after}`;
  }
  return withDecimals(whole, decimals, settings);
}

function groupsOnly(written: string, decimals: string | undefined): string {
  const whole = decimals === undefined ? written : written.slice(0, -decimals.length - 1);
  return whole.replace(/[.,]/g, '');
}

function withDecimals(whole: string, decimals: string | undefined, settings: ReadingSettings): string {
  const words = integerWords(whole, settings);
  return decimals === undefined ? words : `${words} phẩy ${digitWords(decimals)}`;
}

/** The numeric value, where it is small enough to compare: '05' → 5. */
export function valueOf(written: string): number {
  return Number(written.replace(/\.(?=\d{3}(?!\d))/g, '').replace(',', '.'));
}
