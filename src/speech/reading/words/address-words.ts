import { digitWords, integerWords } from './integer-words.js';
import { spell } from './letter-names.js';
import type { RuleContext } from './rule-context.js';
import { isSyllable, isUnmarkedSyllable } from '../text/syllable.js';

/** State of reading one address: whether a part of it was only guessed. */
export interface AddressGuess {
  guessed: boolean;
}

const tops: Readonly<Record<string, string>> = {
  vn: 'vê nờ',
  gov: 'gốp',
  com: 'com',
  net: 'nét',
  org: 'o rờ gờ',
  edu: 'e đu',
  info: 'in phô',
  top: 'tốp',
};

export function hostWords(host: string, context: RuleContext, guess: AddressGuess): string {
  const labels = host.split('.').filter(Boolean);
  return labels
    .map((label, index) => (index > 0 ? tops[label.toLowerCase()] : undefined) ?? addressWords(label, context, guess))
    .join(' chấm ');
}

const marks: Readonly<Record<string, string>> = {
  '/': 'xuyệt',
  '.': 'chấm',
  '-': 'gạch ngang',
  _: 'gạch dưới',
  '?': 'hỏi chấm',
  '=': 'bằng',
  '&': 'và',
  '#': 'thăng',
  '%': 'phần trăm',
  '+': 'cộng',
  ':': 'hai chấm',
  '@': 'a còng',
  '~': 'dấu ngã',
  ',': 'phẩy',
  ';': 'chấm phẩy',
  '!': 'chấm than',
};

/** Reads runs of letters as words where possible, digits one group at a time, marks by name. */
export function addressWords(text: string, context: RuleContext, guess: AddressGuess): string {
  const found = text.match(/[\p{L}\p{M}]+|\d+|[^\p{L}\p{M}\d]/gu) ?? [];
  return found
    .map((piece) => {
      if (/^\d+$/.test(piece)) {
        return (piece.length > 2 && !/^(?:19|20)\d\d$/.test(piece)) || piece.startsWith('0')
          ? digitWords(piece)
          : integerWords(piece, context.settings);
      }
      const said = marks[piece] ?? (/\p{L}/u.test(piece) ? label(piece, context, guess) : '');
      if (said === '') guess.guessed = true;
      return said;
    })
    .filter(Boolean)
    .join(' ');
}

function label(written: string, context: RuleContext, guess: AddressGuess): string {
  const lower = written.toLowerCase();
  const known = context.lexicon.alone(lower, lower);
  if (known !== undefined) return known;
  // An abbreviation in an address is typed letter by letter, so it is spelled.
  if (context.lexicon.alone(written.toUpperCase(), lower) !== undefined) return spell(lower) ?? lower;
  if (isSyllable(lower)) return lower;
  if (/^[ivxlcdm]+$/.test(lower)) return spell(lower) ?? lower;
  const parts = inParts(lower, context);
  if (parts) {
    if (parts.some(({ said }) => !said.includes(' ') && !isSyllable(said.toLowerCase()))) guess.guessed = true;
    // Diacritics on some of the words and not on others (phường tan chinh) would be neither the spoken nor the typed
    // form.
    const bare = parts.some(({ said, typed }) => said === typed && isUnmarkedSyllable(typed));
    const both = bare && parts.some(({ said }) => /[^a-z ]/i.test(said));
    return parts.map(({ said, typed }) => (both && isUnmarkedSyllable(typed) ? typed : said)).join(' ');
  }
  guess.guessed = true;
  return (/^.{1,4}$|^[^aeiouy]{1,5}$|[bcdfghjklmnpqrstvwxz]{4}/.test(lower) ? spell(lower) : undefined) ?? lower;
}

/** Counts the letters of parts whose reading comes from the lexicon or from spelling an abbreviation. */
function knownLetters(parts: readonly Part[]): number {
  return parts.reduce((sum, { said, typed }) => sum + (said === typed ? 0 : typed.length), 0);
}

interface Part {
  said: string;
  typed: string;
}

/** 'hatinh' → ['Hà Tĩnh']: words of the lexicon and syllables only; the split with the fewest parts wins. */
function inParts(word: string, context: RuleContext): Part[] | undefined {
  const best: (Part[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length && word.length <= 30; end++) {
    for (let start = Math.max(0, end - 20); start < end - 1; start++) {
      const before = best[start];
      const now = best[end];
      if (!before || (now?.length ?? Infinity) < before.length + 1) continue;
      const piece = word.slice(start, end);
      const said =
        context.lexicon.alone(piece, piece) ??
        (isSyllable(piece) || isUnmarkedSyllable(piece) ? piece : undefined) ??
        // ubndtangiang: the typed form contains the abbreviation, so it is spelled.
        (piece.length >= 3 && context.lexicon.alone(piece.toUpperCase(), piece) ? spell(piece) : undefined);
      if (said === undefined) continue;
      const parts = [...before, { said, typed: piece }];
      // Between splits with the same number of parts, the one with more known letters wins: phuong-hoa-minh, not
      // phuo-nghoa-minh.
      if (!now || now.length > parts.length || knownLetters(parts) > knownLetters(now)) best[end] = parts;
    }
  }
  return best[word.length];
}
