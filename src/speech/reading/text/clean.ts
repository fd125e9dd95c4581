import { composed } from '../../../shared/clean-text.js';
import { PICTOGRAPHIC } from '../../../shared/pictographic.js';
import { inHousePlace } from './tone-place.js';

/**
 * A normalised text: NFC, one kind of dash and space, no invisible characters, no emoji. `source(start, end)` returns
 * the original offsets of a stretch.
 */
export interface Cleaned {
  text: string;
  /** `text` in lower case, with tone marks in the canonical position; same length in UTF-16 units. */
  lower: string;
  sourceStart(index: number): number;
  sourceEnd(index: number): number;
}

/**
 * A line break in the normalised text. Regular expressions do not treat it as a space, so no rule reads on into the
 * next line.
 */
export const LINE = '\u001e';

/** Text of these characters only needs no composing, dropping or expanding; each replacement below keeps its length. */
const ordinary =
  /^[\t\n\r\x20-\x7e\u00a0\u00b0\u00b2\u00b3\u00c0-\u00cf\u00d1-\u00d6\u00d8-\u00ef\u00f1-\u00ff\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ab\u20ac\u2212]*$/;
const dashes = /[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]/g;

export function cleanSource(source: string): Cleaned {
  if (ordinary.test(source)) {
    const text = even(source);
    return { text, lower: lowerOf(text), sourceStart: (index) => index, sourceEnd: (index) => index };
  }
  return cleanSlowly(source);
}

function even(text: string): string {
  return (
    text
      .replace(dashes, '-')
      // 30\4: a backslash typed instead of a slash.
      .replace(/(?<=\d)\\(?=\d)/g, '/')
      .replace(/\u00a0/g, ' ')
      .replace(/[\n\r]/g, LINE)
  );
}

function lowerOf(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return inHousePlace(lower);
  // A few letters (İ) get longer in lower case; those stay unchanged so that offsets agree.
  return inHousePlace(
    Array.from(text, (char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char)).join(''),
  );
}

/**
 * Characters of the basic plane that Node's versions of Unicode disagree about: those that are no characters to this
 * one, and those that became characters, or changed, after Unicode 15.1. No text of ours has one; all are read as one
 * unknown sign, so that a text is read the same on every Node. `clean.spec.ts` finds what a later version adds.
 */
const unstable = new RegExp(
  String.raw`(?![\u{10000}-\u{10ffff}])[\u0897\u1acf-\u1add\u1ae0-\u1aeb\p{Cn}\u019b\u0264\u0295\u088f\u0c5c\u0cdc` +
    String.raw`\u1b4e\u1b4f\u1b7f\u1c89\u1c8a\u20c1\u2427-\u2429\u2b96\u31e4\u31e5\ua7cb-\ua7cf\ua7d2-\ua7d5\ua7da-\ua7dc` +
    String.raw`\ua7f1\ufbc3-\ufbd2\ufd90\ufd91\ufdc8-\ufdce]`,
  'gu',
);
/** A mark beyond the basic plane is newer on some Nodes, and a sign of its own. */
const cluster = /[\P{M}\u{10000}-\u{10ffff}][^\P{M}\u{10000}-\u{10ffff}]*|[^\P{M}\u{10000}-\u{10ffff}]+/gu;
/** Zero-width characters, direction marks, variation selectors, keycap boxes of emoji, soft hyphens. */
const invisible = /[\p{Cf}\ufe00-\ufe0f\u20e3\u{e0100}-\u{e01ef}]/gu;
const decoration = new RegExp(
  String.raw`^(?![©®™])(?:[${PICTOGRAPHIC}]|\p{Emoji_Modifier}|\p{Regional_Indicator})`,
  'u',
);
/** Circled and Roman numerals, full-width and mathematical forms: replaced by their plain characters. */
const compatible =
  /^[\u2100-\u214f\u2160-\u2188\u2460-\u24ff\u2776-\u2793\u3200-\u33ff\ufb00-\ufb06\uff01-\uff5e\uff61-\uffee\u{1d400}-\u{1d7ff}\u{1f100}-\u{1f1ff}]/u;
const single: Readonly<Record<string, string>> = {
  Ð: 'Đ', // the Icelandic letter, typed by mistake because it looks the same
  ð: 'đ',
  Ɖ: 'Đ',
  '⁄': '/',
  '∕': '/',
  '×': 'x',
  µ: 'μ',
  º: '°',
  '˚': '°',
  '℃': '°C',
  '№': 'số ',
  '\u2028': LINE,
  '\u2029': LINE,
  '\u0085': LINE,
  [LINE]: ' ',
};

function cleanSlowly(source: string): Cleaned {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const put = (piece: string, start: number, end: number): void => {
    text += piece;
    for (let i = 0; i < piece.length; i++) {
      starts.push(start);
      ends.push(end);
    }
  };
  // The replacement has the length of what it replaces, so offsets stay those of the source.
  for (const match of source.replace(unstable, '\ufffd').matchAll(cluster)) {
    const start = match.index;
    const piece = plain(match[0].replace(invisible, ''));
    put(piece, start, start + match[0].length);
  }
  return {
    text,
    lower: lowerOf(text),
    sourceStart: (index) => starts[index] ?? source.length,
    sourceEnd: (index) => (index === 0 ? 0 : (ends[index - 1] ?? source.length)),
  };
}

function plain(piece: string): string {
  if (piece === '') return '';
  const known = single[piece];
  if (known !== undefined) return known;
  if (decoration.test(piece)) return ' ';
  if (/^\p{Zs}$/u.test(piece)) return ' ';
  if (compatible.test(piece)) {
    const spelled = piece.normalize('NFKC');
    // ① and ⅳ are written beside words without a space; full-width letters and digits are parts of words.
    return /^[\u2160-\u24ff\u2776-\u2793]/u.test(piece) ? ` ${spelled.replace(/⁄/g, '/')} ` : even(spelled);
  }
  // No rule reads scripts outside the basic plane or lone surrogates; one mark replaces each.
  return even(composed(piece).replace(/[\u{10000}-\u{10ffff}\ud800-\udfff]/gu, '\ufffd'));
}
