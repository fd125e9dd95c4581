import { spell } from '../letter-names.js';
import { isDigit, sticky, type Rule } from '../scene.js';

/** N.T.H, L.V.A.: a person whose name is not told; single capitals, each with its point. */
const initials = sticky(String.raw`\p{Lu}(?:\.\s?\p{Lu}){1,5}(?:\.(?=[\s,)]))?(?![\p{L}\p{M}])`);
/** The same with one letter: 'bà N.', 'anh Q.,' after a word for a person. */

export const initialsRule: Rule = {
  name: 'letter',
  pattern: initials,
  say(match, scene) {
    const end = match.index + match[0].length;
    // P.Q.1, T.P.2: before a number they are places.
    if (isDigit(scene.text.charAt(end)) || /^[.]\d/.test(scene.text.slice(end, end + 2))) return undefined;
    const letters = match[0].replace(/[.\s]/g, '');
    if (letters.length < 2) return undefined;
    const spoken = spell(letters);
    // The last point may end the sentence; it stays outside.
    return spoken === undefined ? undefined : { end: match[0].endsWith('.') ? end - 1 : end, spoken };
  },
};
