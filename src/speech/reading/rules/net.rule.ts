import { addressWords, hostWords, type AddressGuess } from '../words/address-words.js';
import { endOf, stickyAnyCase, type Found, type Rule, type RuleContext } from '../words/rule-context.js';
import { isSyllable } from '../text/syllable.js';

/** A text without a match contains no address; tested once per text. */
export const mayHoldAddress = /@|:\/\/|[\p{L}\d]\.[a-z]{2,}/iu;

const HOST = String.raw`(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+`;
const TOP = String.raw`(?:vn|com|net|org|gov|edu|info|asia|app|dev|health|biz|site|online|cc|top|xyz|club|shop|store|icu|vip|click|live|(?:io|me|tv|gl|ly|be|page|link)(?=\/))`;
const PATH = String.raw`(?:[/?#][^\s<>"'“”«»()[\]{}|\u001e]*)?`;
const email = stickyAnyCase(String.raw`([a-z0-9][a-z0-9._+-]{0,63})@(${HOST}[a-z]{2,})(?![\p{L}\p{N}])`);
const address = stickyAnyCase(String.raw`(?:https?:\/\/(?:www\.)?|www\.|ftp:\/\/)(?:[^\s<>"'“”«»()[\]{}|\u001e]+)`);
const bare = stickyAnyCase(String.raw`${HOST}${TOP}(?:\.vn)?(?![\p{L}\p{N}@-])(?:\.(?=[\s\u001e]|$)|${PATH})`);

/** bluezone.ai, hatinh.tv; in 'xong.ai' a space is missing after the point. */
const shortEnd = stickyAnyCase(String.raw`([a-z][a-z0-9-]{3,62})\.(?:ai|io|tv)(?![\p{L}\p{N}@-]|\.\p{L})`);

/** Addresses are spoken without http:// and www, as announcers do: only what must be typed is spoken. */
export const netRules: readonly Rule[] = [
  {
    name: 'email',
    pattern: email,
    say(match, context) {
      const guess: AddressGuess = { guessed: false };
      const spoken = `${addressWords(match[1] ?? '', context, guess)} a còng ${hostWords(match[2] ?? '', context, guess)}`;
      return found(endOf(match), spoken, guess);
    },
  },
  { name: 'web-address', pattern: address, say: (match, context) => webAddress(match, context) },
  { name: 'web-address', pattern: bare, say: (match, context) => webAddress(match, context) },
  {
    name: 'web-address',
    pattern: shortEnd,
    say: (match, context) =>
      isSyllable((match[1] ?? '').toLowerCase()) || /^[A-Z]+\./.test(match[0]) ? undefined : webAddress(match, context),
  },
];

function webAddress(match: RegExpExecArray, context: RuleContext): Found | undefined {
  const whole = match[0].replace(/[.,;:!?…'’]+$/, '');
  const typed = whole
    .replace(/^(?:https?|ftp):\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[.,;:!?…'’/]+$/, '');
  const slash = typed.search(/[/?#]/);
  const host = slash < 0 ? typed : typed.slice(0, slash);
  const path = slash < 0 ? '' : typed.slice(slash);
  if (!/[\p{L}\d]/u.test(host)) return undefined;
  const guess: AddressGuess = { guessed: false };
  const spoken = [hostWords(host, context, guess), addressWords(path, context, guess)].filter(Boolean).join(' ');
  return spoken === '' ? undefined : found(match.index + whole.length, spoken, guess);
}

function found(end: number, spoken: string, guess: AddressGuess): Found {
  return { end, spoken, ...(guess.guessed ? { warn: 'foreign-word' as const } : {}) };
}
