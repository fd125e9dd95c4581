import { digitWords, integerWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import { sticky, type Rule } from '../words/rule-context.js';

/** H27.45.12-261120-0003, 000.00.12.H17-250918-0045: file numbers of the public service portal. */
export const fileNumberRule: Rule = {
  name: 'code',
  pattern: sticky(
    String.raw`([A-Z]\d{2}(?:\.\d{2,3}){1,4}|(?:\d{2,3}\.){1,4}[A-Z]\d{2}(?:\.\d{2,3}){0,4})-(\d{6})-(\d{3,6})(?![\p{L}\p{N}]|[.,/-]\d)`,
  ),
  say(match) {
    const [, office = '', day = '', number = ''] = match;
    const places = office
      .split('.')
      .map((part) =>
        /\d/.test(part.charAt(0)) ? digitWords(part) : `${spell(part.charAt(0)) ?? ''} ${digitWords(part.slice(1))}`,
      );
    return `${places.join(' chấm ')}, ${digitWords(day)}, ${digitWords(number)}`;
  },
};

/** SN 12 is a house number, SN 1985 a year of birth. */
export const houseSignRule: Rule = {
  name: 'house-number',
  pattern: sticky(String.raw`SN\s?(\d{1,3})(\p{Lu}?)(?![\p{N}\p{L}/]|[.,]\d)`),
  say: (match, context) =>
    ['số nhà', integerWords(match[1] ?? '', context.settings), match[2] && spell(match[2])].filter(Boolean).join(' '),
};

/** Tàu cá HT-90123-TS, ĐNa 90123 TS: the number of a fishing boat, read character by character. */
export const boatRule: Rule = {
  name: 'code',
  pattern: sticky(String.raw`(\p{Lu}{1,2}\p{Ll}?)[\s-]?(\d{4,5})[\s-]?TS(?![\p{L}\p{N}])`),
  say: (match) => {
    const letters = spell((match[1] ?? '').toLowerCase());
    return letters === undefined ? undefined : `${letters} ${digitWords(match[2] ?? '')} tê ét`;
  },
};

/** Sổ đỏ BX 123456, hộ chiếu B 1234567: a series of one or two letters and the number of a document. */
export const serialRule: Rule = {
  name: 'code',
  pattern: sticky(String.raw`(\p{Lu}{1,2})\s?(\d{6,8})(?![\p{L}\p{N}]|[.,/-]\d)`),
  say(match) {
    const letters = spell(match[1] ?? '');
    return letters === undefined ? undefined : `${letters} ${digitWords(match[2] ?? '')}`;
  },
};
