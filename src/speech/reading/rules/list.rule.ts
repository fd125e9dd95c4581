import { integerWords } from '../integer-words.js';
import { spell } from '../letter-names.js';
import { behind, sticky, type Rule, type Scene } from '../scene.js';

/** '1. ', '2) ', '3/ ' at the start of a line; a comma keeps the voice from falling as at the end of a sentence. */
const number = sticky(String.raw`(\d{1,2})(?:\.\)?|\)|\/)(?=\s+[^\s\u001e]|[^\s\u001e\d.,/%])`);
const letter = sticky(String.raw`(\p{L})[\s:;,'"*_-]*(?:\.|\)|\/)(?=\s*[^\s\u001e])`);

export const listNumberRule: Rule = {
  name: 'list',
  pattern: number,
  say: (match, scene) =>
    startsLine(scene, match.index) ? `${integerWords(match[1] ?? '', scene.settings)},` : undefined,
};

export const listLetterRule: Rule = {
  name: 'list',
  pattern: letter,
  say(match, scene) {
    const written = match[1] ?? '';
    const small = /^\p{Ll}$/u.test(written) || match[0].endsWith(')');
    if (!small || !startsLine(scene, match.index)) return undefined;
    const name = spell(written);
    return name === undefined ? undefined : `${name},`;
  },
};

export function startsLine(scene: Scene, at: number): boolean {
  return /^[^\p{L}\p{N}]*$/u.test(behind(scene, at));
}
