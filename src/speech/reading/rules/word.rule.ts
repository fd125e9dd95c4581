import { spell } from '../words/letter-names.js';
import { LINE } from '../text/clean.js';
import type { WarningKind } from '../text/reading.js';
import type { RuleContext } from '../words/rule-context.js';
import { isSyllable } from '../text/syllable.js';
import { joinedCapitals } from '../lexicon/joined-capitals.js';

/** The reading of a run of letters that no rule and no lexicon matched. */
export interface WordRead {
  spoken: string;
  rule: string;
  warn?: WarningKind;
}

const small = /^[a-zđ]$/;
const consonants = /^[bcdđghklmnpqrstvx]{2}$/;
/** Letters that are also words: ý, à, ạ, ô. Single consonants are always letters. */
const vowel = /^[aăâeêioôơuưyàáảãạìíỉĩịòóỏõọùúủũụỳýỷỹỵèéẻẽẹềếểễệồốổỗộờớởỡợừứửữựằắẳẵặầấẩẫậ]$/;

export function readWord(written: string, lower: string, at: number, context: RuleContext): WordRead {
  // Known as a single word, though it is joined to a number or lacks the lexicon's context; a word in a heading is a
  // word.
  const known = context.lexicon.alone(written, lower);
  if (known !== undefined && !(isSyllable(lower) && amongCapitals(written, at, context)))
    return { spoken: known, rule: 'lexicon' };
  if (written.length === 1) return readLetter(written, lower);
  const shouted = written === written.toUpperCase() && written !== lower;
  if (isSyllable(lower)) {
    if (!shouted) return { spoken: written, rule: 'plain' };
    // A word in capitals among others is a heading; a single one among lower-case words and without diacritics may be
    // an abbreviation.
    const alone = /^[a-z]+$/.test(lower) && !amongCapitals(written, at, context);
    return {
      spoken: lower,
      rule: alone ? 'capitals' : 'plain-capitals',
      ...(alone ? { warn: 'unknown-capitals' as const } : {}),
    };
  }
  if (shouted) {
    const joined = joinedCapitals(written, context.lexicon);
    if (joined !== undefined) return { spoken: joined, rule: 'capitals', warn: 'unknown-capitals' };
    const spelled = spell(lower);
    if (spelled !== undefined && written.length <= 12)
      return { spoken: spelled, rule: 'capitals', warn: 'unknown-capitals' };
    return { spoken: lower, rule: 'foreign', warn: 'foreign-word' };
  }
  // 'ubnd phường', 'Ubnd', '40 hs': abbreviations in careless lower case that are no words.
  const careless = written.slice(1) === lower.slice(1) && (written.length > 2 || consonants.test(written));
  const meant = careless ? context.lexicon.alone(written.toUpperCase(), lower) : undefined;
  if (meant !== undefined) return { spoken: meant, rule: 'capitals', warn: 'unknown-capitals' };
  return readMixed(written, lower);
}

function readLetter(written: string, lower: string): WordRead {
  if (vowel.test(lower)) return { spoken: written, rule: 'plain' };
  const name = small.test(lower) ? spell(lower) : undefined;
  return name === undefined
    ? { spoken: lower, rule: 'foreign', warn: 'foreign-word' }
    : { spoken: name, rule: 'letter' };
}

/**
 * Abbreviations joined to words (BHYTtoàn) do not occur; the remaining mixed case is a foreign word or a typing error.
 */
function readMixed(written: string, lower: string): WordRead {
  const bare = /^(?:[bcdđfghjklmnpqrstvwxz]{2,5}|x{6,8})$/.test(lower) ? spell(lower) : undefined;
  if (bare !== undefined) return { spoken: bare, rule: 'capitals', warn: 'unknown-capitals' };
  return { spoken: written, rule: 'foreign', warn: 'foreign-word' };
}

const capitalWord = /^\p{Lu}{2,}$/u;

export function amongCapitals(written: string, at: number, context: RuleContext): boolean {
  const before =
    context.text
      .slice(Math.max(0, at - 16), at)
      .split(LINE)
      .at(-1) ?? '';
  const after = context.text.slice(at + written.length, at + written.length + 16).split(LINE)[0] ?? '';
  const previous = /([\p{L}\p{M}]+)[\s,"“-]*$/u.exec(before)?.[1];
  const next = /^[\s,"“-]*([\p{L}\p{M}]+)/u.exec(after)?.[1];
  return [previous, next].some(
    (word) => word !== undefined && capitalWord.test(word) && isSyllable(word.toLowerCase()),
  );
}
