import { LINE } from './text/clean.js';
import type { Lexicon, LexiconTerm } from './text/reading.js';
import { isSyllable } from './text/syllable.js';

const CAPITALS = String.raw`\p{Lu}(?:[&.-]?\p{Lu}){1,8}`;
/** cử tri (CT), Ban quản trị (gọi tắt là “BQT”). */
const afterWords = new RegExp(
  String.raw`\(\s?(?:(?:sau đây\s)?(?:gọi|viết)\s(?:tắt\s)?là\s?:?\s?|viết tắt:?\s?)?["“'‘]?(${CAPITALS})["”'’]?\s?\)`,
  'gu',
);
/** CT (cử tri), BC: bầu cử, NCT = người cao tuổi. */
const beforeWords = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}./&-])(${CAPITALS})\s?(?:\(|[:=]\s?|là viết tắt của\s)(?=\p{Ll})`,
  'gu',
);
const word = /[\p{L}\p{M}]+/gu;
/** Between the words of a name: spaces, and the marks of 'phòng cháy, chữa cháy'. */
const joint = /^(?:\s|,\s|\s?-\s?|\s?&\s?)$/;
/** Words that an abbreviation may leave out. */
const small = new Set(['và', 'của', 'các', 'về', 'với', 'cho', 'theo', 'từ', 'trong', 'đối', 'là']);
/** The text of the words may be this long, UTF-16 units. */
const REACH = 120;
/** A person's name has initials too: 'anh Cao Tài (CT)' tells his office. */
const titled = /(?:ông|bà|anh|chị|cô|chú|bác|thầy|em|cháu|đ\/c|đồng chí|bs|gv|ths|ts)\.?\s?$/iu;
const MAX_OMITTED = 3;

/**
 * The abbreviations that a text itself explains, as a lexicon for this text alone, before all others: in 'cử tri (CT)'
 * the letters are the first letters of the words beside them. Nothing is learnt where a letter has no word. Linear:
 * each bracket looks at the `REACH` before it.
 */
export function ownAbbreviations(text: string): Lexicon | undefined {
  const entries = new Map<string, LexiconTerm>();
  const learn = (written: string, spoken: string | undefined) => {
    if (spoken === undefined || entries.has(written)) return;
    entries.set(written, { written, spoken, matchCase: 'exact', before: [], after: [], addedBy: '' });
  };
  for (const match of text.matchAll(afterWords)) {
    const before = text.slice(Math.max(0, match.index - REACH), match.index);
    learn(match[1] ?? '', wordsBefore(match[1] ?? '', before.slice(before.lastIndexOf(LINE) + 1)));
  }
  for (const match of text.matchAll(beforeWords)) {
    const from = match.index + match[0].length;
    const line = text.slice(from, from + REACH).split(LINE)[0] ?? '';
    learn(match[1] ?? '', wordsAfter(match[1] ?? '', line, match[0].endsWith('(')));
  }
  return entries.size === 0 ? undefined : { name: 'own', entries: [...entries.values()] };
}

/** The words at the end of `before` whose first letters are those of the abbreviation. */
function wordsBefore(written: string, before: string): string | undefined {
  const text = before.replace(/["”'’\s]+$/, '');
  const found = [...text.matchAll(word)].reverse();
  const letters = lettersOf(written).reverse();
  let start = text.length;
  let at = 0;
  let omitted = 0;
  let end: number | undefined;
  for (const { 0: one, index } of found) {
    if (!joint.test(text.slice(index + one.length, start)) && start !== index + one.length) return undefined;
    end ??= index + one.length;
    if (end !== text.length) return undefined;
    start = index;
    if (initial(one) === letters[at]) at++;
    else if (at === 0 || !small.has(one.toLowerCase()) || ++omitted > MAX_OMITTED) return undefined;
    if (at === letters.length) return titled.test(text.slice(0, start)) ? undefined : spokenOf(text.slice(start));
  }
  return undefined;
}

/** The words at the start of `after`; in brackets they must fill them. */
function wordsAfter(written: string, after: string, bracketed: boolean): string | undefined {
  const letters = lettersOf(written);
  let at = 0;
  let end = 0;
  let omitted = 0;
  for (const { 0: one, index } of after.matchAll(word)) {
    if (index !== end && !joint.test(after.slice(end, index))) return undefined;
    end = index + one.length;
    if (initial(one) === letters[at]) at++;
    else if (!small.has(one.toLowerCase()) || ++omitted > MAX_OMITTED) return undefined;
    if (at < letters.length) continue;
    const closed = bracketed ? after.charAt(end) === ')' : !/^\s?\p{L}/u.test(after.slice(end));
    return closed ? spokenOf(after.slice(0, end)) : undefined;
  }
  return undefined;
}

function lettersOf(written: string): string[] {
  return [...written.replace(/[&.-]/g, '')].map(initial);
}

/** Ủ and Ư are U; Đ is a letter of its own. */
function initial(text: string): string {
  return text.normalize('NFD').charAt(0).toUpperCase();
}

/** Small letters at the start, unless every word is a name; undefined when a word is no Vietnamese syllable. */
function spokenOf(phrase: string): string | undefined {
  const all = phrase.match(word) ?? [];
  if (!all.every((one) => isSyllable(one.toLowerCase()))) return undefined;
  const said = phrase.replace(/\s?-\s?/g, ' ').replace(/\s?&\s?/g, ' và ');
  if (said === said.toUpperCase()) return said.toLowerCase();
  if (all.every((one) => /^\p{Lu}/u.test(one))) return said;
  return said.charAt(0).toLowerCase() + said.slice(1);
}
