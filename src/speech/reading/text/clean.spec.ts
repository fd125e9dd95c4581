import { sha256 } from '../../../shared/ids.js';
import { isClean } from '../../../shared/clean-text.js';
import { classAt } from './char-class.js';
import { cleanSource } from './clean.js';

const properties = ['L', 'Lu', 'Ll', 'M', 'N', 'S', 'Zs', 'Cc', 'Cf'].map((name) => new RegExp(`\\p{${name}}`, 'u'));

/** Everything that the rules ask of Unicode about one character of a normalised text. */
function asked(char: string): string {
  const text = `a${char}`;
  return [
    ...properties.map((one) => Number(one.test(char))),
    classAt(char, 0),
    text.toLowerCase(),
    text.toUpperCase(),
    text.normalize('NFC'),
    text.normalize('NFD'),
  ].join(' ');
}

/**
 * Node 22.2 has Unicode 15.1, Debian's 20.19.2 has 16, 20.20 has 17. When a later Node fails here, its Unicode knows
 * characters that the others do not: add them to `unstable` in `clean.ts`.
 */
it('every character is read the same, whatever version of Unicode Node has', () => {
  // Two planes: those beyond hold Chinese characters only, which are one unknown sign each.
  const characters = Array.from({ length: 0x20000 }, (_, code) => code).filter(
    (code) => code < 0xd800 || code > 0xdfff,
  );
  const said = characters.map((code) => {
    const { text, lower, sourceEnd } = cleanSource(`a${String.fromCodePoint(code)}`);
    return `${text} ${lower} ${sourceEnd(1)} ${text === 'a\ufffd' ? '' : Array.from(text.slice(1), asked).join(' ')}`;
  });
  expect(sha256(said.join('\n'))).toBe('49c7f36198440a44fec378f1d6af8347130a8c5af9cd373c8ceaddc5ffc5f258');
});

it('a note is a sign for a person to decide, a picture is dropped', () => {
  expect(cleanSource('Bài ♪ hay').text).toBe('Bài ♪ hay');
  expect(cleanSource('Bài 🎵 hay ☎').text).toBe('Bài   hay  ');
});

it('a joiner belongs to the pictures of every version, and is dropped elsewhere', () => {
  expect(isClean('👨\u200d👩')).toBe(true);
  expect(isClean('♪\u200d♪')).toBe(false);
});
