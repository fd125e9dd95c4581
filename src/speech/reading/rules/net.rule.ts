import { integerWords } from '../integer-words.js';
import { spell } from '../letter-names.js';
import { endOf, sticky, type Found, type Rule, type Scene } from '../scene.js';
import { isSyllable } from '../syllable.js';

/** A text without one of these has no address in it; asked once a text. */
export const mayHoldAddress = /@|:\/\/|[\p{L}\d]\.[a-z]{2,}/iu;

const HOST = String.raw`(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+`;
const TOP = String.raw`(?:vn|com|net|org|gov|edu|info|asia|app|dev|health|biz|site|online|(?:io|me|tv|gl|ly|be|page|link)(?=\/))`;
const PATH = String.raw`(?:[/?#][^\s<>"'“”«»()[\]{}|\u001e]*)?`;
const email = sticky(String.raw`([a-z0-9][a-z0-9._+-]*)@(${HOST}[a-z]{2,})(?![\p{L}\p{N}])`.replace(/a-z/g, 'a-zA-Z'));
const address = sticky(
  String.raw`(?:https?:\/\/(?:www\.)?|www\.|ftp:\/\/)(?:[^\s<>"'“”«»()[\]{}|\u001e]+)`
    .replace(/https/, '[hH][tT][tT][pP][sS]')
    .replace('www', '[wW]{3}'),
);
const bare = sticky(
  String.raw`${HOST}${TOP}(?:\.vn)?(?![\p{L}\p{N}@-])(?:\.(?=\s|$)|${PATH})`.replace(/a-z/g, 'a-zA-Z'),
);

/** Addresses are said without http:// and www, as announcers do: what must be typed is what is said. */
export const netRules: readonly Rule[] = [
  {
    name: 'email',
    pattern: email,
    say: (match, scene) => said(match, `${match[1]}`, scene, ` a còng ${hostWords(match[2] ?? '', scene)}`),
  },
  { name: 'web-address', pattern: address, say: (match, scene) => webAddress(match, scene) },
  { name: 'web-address', pattern: bare, say: (match, scene) => webAddress(match, scene) },
];

function said(match: RegExpExecArray, local: string, scene: Scene, tail: string): Found {
  return { end: endOf(match), spoken: pieces(local, scene) + tail };
}

function webAddress(match: RegExpExecArray, scene: Scene): Found | undefined {
  const whole = match[0].replace(/[.,;:!?…'’]+$/, '');
  const typed = whole
    .replace(/^(?:https?|ftp):\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/\/$/, '');
  const slash = typed.search(/[/?#]/);
  const host = slash < 0 ? typed : typed.slice(0, slash);
  const path = slash < 0 ? '' : typed.slice(slash);
  if (host === '') return undefined;
  const spoken = [hostWords(host, scene), path && pieces(path, scene)].filter(Boolean).join(' ');
  return { end: match.index + whole.length, spoken };
}

const tops: Readonly<Record<string, string>> = {
  vn: 'vê nờ',
  gov: 'gốp',
  com: 'com',
  net: 'nét',
  org: 'o rờ gờ',
  edu: 'e đu',
  info: 'in phô',
};

function hostWords(host: string, scene: Scene): string {
  const labels = host.split('.');
  return labels
    .map((label, index) => (index > 0 ? tops[label.toLowerCase()] : undefined) ?? pieces(label, scene))
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

/** Runs of letters as words where they can be said, digits one group at a time, marks by name. */
function pieces(text: string, scene: Scene): string {
  const found = text.match(/[\p{L}\p{M}]+|\d+|[^\p{L}\p{M}\d]/gu) ?? [];
  return found
    .map((piece) => {
      if (/^\d+$/.test(piece))
        return piece.length > 4 || piece.startsWith('0') ? digits(piece) : integerWords(piece, scene.settings);
      return marks[piece] ?? (/^[\p{L}\p{M}]+$/u.test(piece) ? label(piece, scene) : '');
    })
    .filter(Boolean)
    .join(' ');
}

function digits(piece: string): string {
  return Array.from(piece, (digit) =>
    integerWords(digit, { zeroTens: 'linh', thousand: 'nghìn', fourAfterTens: 'tư' }),
  ).join(' ');
}

function label(written: string, scene: Scene): string {
  const lower = written.toLowerCase();
  const entry = scene.lexicon.find(lower, lower, 0, lower, (found) => found.written.length === lower.length);
  if (entry) return entry.spoken;
  const known = scene.lexicon.find(
    written.toUpperCase(),
    lower,
    0,
    lower,
    (found) => found.written.length === lower.length,
  );
  if (known) return spell(lower) ?? lower;
  if (isSyllable(lower)) return lower;
  return (
    asSyllables(lower)?.join(' ') ?? (lower.length <= 5 && !/[aeiouy]/.test(lower) ? spell(lower) : undefined) ?? lower
  );
}

/** 'hatinh' → ['ha', 'tinh'], when it is made of syllables throughout; the fewest pieces win. */
function asSyllables(word: string): string[] | undefined {
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length && word.length <= 30; end++) {
    for (let start = Math.max(0, end - 6); start < end - 1; start++) {
      const before = best[start];
      const piece = word.slice(start, end);
      if (!before || !isSyllable(piece)) continue;
      const now = best[end];
      if (!now || before.length + 1 < now.length) best[end] = [...before, piece];
    }
  }
  return best[word.length];
}
