import { spell } from '../words/letter-names.js';
import { behind, isDigit, stickyAnyCase, sticky, type Rule } from '../words/rule-context.js';

/**
 * N.T.H, L.V.A., N.V.Hùng: a person whose name is abbreviated; the last point belongs to the initials and ends no
 * sentence.
 */
const initials = sticky(
  String.raw`\p{Lu}(?:\.\p{Lu}(?![\p{L}\p{M}])){1,5}(?:\.(?=\s?[,;:()]|\p{Lu}\p{Ll}))?(?![\p{L}\p{M}\p{N}]|\.\d)|\p{Lu}\.(?=\s?[,;:()])|[BCDĐGHKLMNPQRSTVX]\.(?=\s\p{Ll}|\s0\d)`,
);
/** P.Bắc Hà, V.Hùng: the point between an initial and the name. */
const named = sticky(
  String.raw`\p{Lu}(?:\.\p{Lu}(?![\p{L}\p{M}])){1,5}\.(?=\p{Lu}\p{Ll})|[BCDĐGHKLMNQRSTVX]\.(?=\p{Lu}\p{Ll})`,
);

const titles: Readonly<Record<string, string>> = { a: 'anh', c: 'chị', ô: 'ông', b: 'bà' };

/** 'a. Bê' is the reading of a.B and is no name. */
const letterNames = new Set('bcdđghklmnpqrstvx'.split('').map((letter) => spell(letter)));

/** A. Minh (0905…), gặp C. Lan, (a. Sơn): an abbreviated form of address before a given name. */
const titleRule: Rule = {
  name: 'letter',
  pattern: stickyAnyCase(String.raw`([acôb])\.(?=\s?\p{L}{1,7}\s?(?:[(),;:-]|\d|$|\u001e))`),
  say(match, context) {
    const end = match.index + match[0].length;
    const name = /^\s?(\p{Lu}\p{Ll}+)/u.exec(context.text.slice(end, end + 9))?.[1];
    return name !== undefined &&
      !letterNames.has(name.toLowerCase()) &&
      /(?:^|[(,;:-]\s?|(?:gặp|liên hệ|lh|của|là|cho|và|hoặc|với|sđt|đt)\s)$/.test(behind(context, match.index))
      ? titles[(match[1] ?? '').toLowerCase()]
      : undefined;
  },
};

const spelled: readonly Rule[] = [named, initials].map((pattern) => ({
  name: 'letter',
  pattern,
  say(match, context) {
    const end = match.index + match[0].length;
    // T.P. is a city, T.X. a town, T.W. the central authorities.
    if (isDigit(context.text.charAt(end)) || /^T\.[PXWƯ]/.test(match[0])) return undefined;
    return spell(match[0].replace(/\./g, ''));
  },
}));

export const initialsRules: readonly Rule[] = [titleRule, ...spelled];

/** Ông P. (SN 1955): an initial before what papers say of a person, before any lexicon: this P. is no phường. */
export const personInitialRule: Rule = {
  name: 'letter',
  pattern: sticky(
    String.raw`\p{Lu}(?:\.\p{Lu}){0,5}\.?(?=\s?\((?:SN(?![\p{L}\p{N}])|[Ss]inh|tức|tên thật|\d{1,3}\s?(?:tuổi|[tT])(?!\p{L})|trú|ngụ|quê|HKTT|thường trú))`,
  ),
  say: (match) => spell(match[0].replace(/\./g, '')),
};

/** Two or more initials are a person, before any lexicon: the T. of N.T.H is no thôn. */
export const manyInitialsRule: Rule = {
  name: 'letter',
  pattern: sticky(String.raw`\p{Lu}(?:\.\p{Lu}(?![\p{L}\p{M}])){1,5}\.?(?=\p{Lu}\p{Ll}|[\s,;:)]|$)`),
  say(match, context) {
    const letters = match[0].split('.').filter(Boolean);
    const ends =
      match[0].endsWith('.') && !/^(?:\s?[,;:()]|\p{Lu})/u.test(context.text.slice(match.index + match[0].length));
    if (letters.length < 2 || /^T\.[PXWƯ]/.test(match[0])) return undefined;
    const spoken = spell(letters.join(''));
    return spoken === undefined ? undefined : { end: match.index + match[0].length - (ends ? 1 : 0), spoken };
  },
};
