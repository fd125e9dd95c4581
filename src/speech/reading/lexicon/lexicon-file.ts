import type { Lexicon, LexiconTerm } from '../text/reading.js';
import type { Sentence } from '../../../shared/domain-error.js';

/** A problem in one line of a lexicon. */
export interface LexiconProblem {
  line: number;
  sentence: Sentence;
}

/** A form that a voice can speak: words separated by spaces and pauses, no digit, no sign. */
const sayable = /^[\p{L}\p{M}]+(?:[ ,]+[\p{L}\p{M}]+)*$/u;
const LONGEST = 80;

/**
 * Parses a lexicon in tab-separated lines, one entry each: written, spoken, case ('exact' or 'any', exact when empty),
 * before, after (words separated by |), added by. '#' starts a comment; empty lines and the header line are skipped.
 */
export function parseLexicon(name: string, text: string): { lexicon: Lexicon; problems: LexiconProblem[] } {
  const entries: LexiconTerm[] = [];
  const problems: LexiconProblem[] = [];
  const seen = new Set<string>();
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#') || (index === 0 && line.startsWith('written\t'))) return;
    const entry = entryOf(line, name);
    const wrong = problemOf(entry) ?? (seen.has(keyOf(entry)) ? twice(entry) : undefined);
    if (wrong) problems.push({ line: index + 1, sentence: wrong });
    else entries.push(entry);
    seen.add(keyOf(entry));
  });
  return { lexicon: { name, entries }, problems };
}

function entryOf(line: string, name: string): LexiconTerm {
  const [written = '', spoken = '', matchCase = '', before = '', after = '', addedBy = ''] = line
    .normalize('NFC')
    .split('\t');
  return {
    written: written.trim(),
    spoken: spoken.trim().replace(/\s+/g, ' '),
    matchCase: matchCase.trim() === 'any' ? 'any' : 'exact',
    before: words(before),
    after: words(after),
    addedBy: addedBy.trim() || name,
  };
}

function words(list: string): string[] {
  return list
    .split('|')
    .map((word) => word.trim())
    .filter(Boolean)
    .map((word) => (/^AA?$/.test(word) ? word : word.toLowerCase()));
}

/** Why an entry is invalid; undefined when it is valid. Also checks entries entered on screen. */
export function problemOf(entry: LexiconTerm): Sentence | undefined {
  if (entry.written === '' || entry.written.length > LONGEST)
    return {
      vi: `Cách viết phải có từ 1 đến ${LONGEST} ký tự.`,
      en: `The written form has 1 to ${LONGEST} characters.`,
    };
  if (!/[\p{L}\p{N}\p{S}&@%]/u.test(entry.written))
    return {
      vi: `"${entry.written}" chỉ có dấu câu, không có gì để đọc.`,
      en: `"${entry.written}" holds punctuation only.`,
    };
  return problemOfSpoken(entry.written, entry.spoken);
}

/** Why a voice could not speak a spoken form as it is. */
export function problemOfSpoken(written: string, spoken: string): Sentence | undefined {
  if (!sayable.test(spoken))
    return {
      vi: `Cách đọc của "${written}" chỉ được gồm các tiếng, không có chữ số hay ký hiệu: "${spoken}".`,
      en: `The spoken form of "${written}" holds words only, no digits or signs: "${spoken}".`,
    };
  if (/\p{Lu}{2}/u.test(spoken))
    return {
      vi: `Cách đọc của "${written}" phải viết thành tiếng, không viết tắt bằng chữ in hoa: "${spoken}".`,
      en: `The spoken form of "${written}" is written in words, not in capitals: "${spoken}".`,
    };
  return undefined;
}

function keyOf(entry: LexiconTerm): string {
  return [entry.written, entry.matchCase, entry.before.join('|'), entry.after.join('|')].join('\t');
}

function twice(entry: LexiconTerm): Sentence {
  return { vi: `"${entry.written}" đã có ở dòng trên.`, en: `"${entry.written}" stands above already.` };
}
