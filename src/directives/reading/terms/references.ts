import type { Reference } from '../text/letter.js';
import { B, type Passage, lower } from '../text/passage.js';
import { dateOf, daysIn } from './days.js';

/** The part after the slash: UBND-VHTT, CT-TTg, TTCS-TTTH, NQ-CP, QH15, TT-BTTTT, UBND - VX. */
const symbol = '\\p{Lu}\\p{Lu}[\\p{L}\\d]{0,14}(?:\\s?[-–—.&]\\s?\\p{Lu}[\\p{L}\\d&]{0,14}){0,4}';

const slashed = `(?<![\\d/.,])\\d{1,5}(?:\\s?/\\s?\\d{4})?\\s?/\\s?${symbol}`;
/** The Party's form: 16-CT/TW, 1068-CV/TU, 169-HD/BTGTW. */
const partyForm = `(?<![\\d/.,])\\d{1,5}\\s?-\\s?\\p{Lu}[\\p{L}]{1,5}\\s?/\\s?\\p{Lu}[\\p{L}\\d]{1,14}(?:[-–]\\p{Lu}[\\p{L}\\d]{0,14})?`;
const numbers = new RegExp(`${slashed}|${partyForm}`, 'gu');

const kinds =
  'công văn|văn bản|kế hoạch|chỉ thị|công điện|thông báo|quyết định|nghị quyết|nghị định|thông tư|hướng dẫn|kết luận|tờ trình|báo cáo|phương án|chương trình|đề án';
/** "Văn bản số 544", "Kế hoạch số 8241 ngày 31-8": a number without a symbol. */
const bare = new RegExp(
  `${B}(?:${kinds})(?:\\s(?:khẩn|hỏa tốc))?\\s{1,2}số\\s?:?\\s{0,2}(\\d{1,5})(?=[\\s,;.)])(?!\\s?[/-])(?!\\s?,\\s?\\d)`,
  'gu',
);

/** The number as the office writes it: no spaces inside, hyphens for dashes. */
export function tidyNumber(printed: string): string {
  return printed.replace(/\s+/g, '').replace(/[–—]/g, '-');
}

/**
 * Every document number in the passages with the date that follows it, each once, in the order of the letter. `own`,
 * the letter's own number, is left out. A date without a year stays null: the year of another office's document cannot
 * be derived from this letter.
 */
export function referencesIn(parts: readonly Passage[], own: string | null): Reference[] {
  const found = new Map<string, Reference>();
  for (const part of parts) {
    if (!/\d/.test(part.text)) continue;
    const hits = [...numbersIn(part)].sort((a, b) => a.start - b.start);
    hits.forEach((hit, i) => {
      if (own !== null && sameNumber(hit.number, own)) return;
      const date = dateAfter(part.low, hit.end, hits[i + 1]?.start ?? part.low.length);
      const known = found.get(hit.number.toUpperCase());
      if (known === undefined) found.set(hit.number.toUpperCase(), { number: hit.number, date });
      else known.date ??= date;
    });
  }
  return [...found.values()];
}

export interface NumberHit {
  number: string;
  start: number;
  end: number;
}

export function* numbersIn(part: Passage): Generator<NumberHit> {
  if (part.text.includes('/')) {
    for (const match of part.text.matchAll(numbers)) {
      yield { number: tidyNumber(match[0]), start: match.index, end: match.index + match[0].length };
    }
  }
  if (!part.low.includes('số')) return;
  for (const match of part.low.matchAll(bare)) {
    const end = match.index + match[0].length;
    yield { number: match[1]!, start: end - match[1]!.length, end };
  }
}

export function sameNumber(a: string, b: string): boolean {
  return lower(tidyNumber(a)) === lower(tidyNumber(b));
}

/** The date that directly follows a number: "…, ngày 01/8/2020 của …". */
export function dateAfter(low: string, end: number, limit: number): string | null {
  const tail = low.slice(end, Math.min(limit, end + 48));
  const lead = /^[\s,)]*(?:(?:ban hành|ký)\s)?ngày\s/u.exec(tail);
  if (lead === null) return null;
  const day = daysIn(tail)[0];
  if (day === undefined || day.unit !== 'day' || day.start > lead[0].length + 1) return null;
  return dateOf(day.day, day.month, day.year);
}
