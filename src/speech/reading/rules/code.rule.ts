import { digitWords, integerWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import {
  behind,
  END,
  endOf,
  sticky,
  stickyAnyCase,
  type Found,
  type Rule,
  type RuleContext,
} from '../words/rule-context.js';
import { isSyllable } from '../text/syllable.js';

/** Letters and digits in one token: H5N1, QL1A, F0, A1, B12, COVID-19 when no lexicon has it. */
const mixed = sticky(String.raw`\p{L}+\d+(?:\p{L}+\d+){0,8}\p{L}*(?:\.\d+){0,4}${END}`);
/** 12a, 38B, 5K: a number with letters after it. */
const numbered = sticky(String.raw`(\d+)(\p{L}{1,3})(\d*)((?:\.\d+){0,3})${END}`);
const fluA = sticky(String.raw`(\p{Lu})\/(\p{Lu}\d+\p{Lu}\d+)${END}`);

/** BA.5, XBB.1.5. */
const dotted = sticky(String.raw`\p{Lu}{2,4}(?:\.\d+){1,4}${END}`);

export const codeRules: readonly Rule[] = [
  { name: 'code', pattern: dotted, say: (match, context) => pieces(match[0], context) },
  {
    name: 'code',
    pattern: fluA,
    say: (match, context) => `${spell(match[1] ?? '') ?? ''} ${pieces(match[2] ?? '', context) ?? ''}`,
  },
  {
    name: 'code',
    pattern: mixed,
    say(match, context): Found | undefined {
      const spoken = pieces(match[0], context, serial.test(behind(context, match.index)));
      if (spoken === undefined) return undefined;
      const letters = /^\p{L}+/u.exec(match[0])?.[0] ?? '';
      const known =
        /^\p{Lu}{1,3}\d/u.test(match[0]) || context.lexicon.alone(letters, letters.toLowerCase()) !== undefined;
      return { end: endOf(match), spoken, ...(known ? {} : { warn: 'unknown-capitals' as const }) };
    },
  },
];

export const numberedCodeRule: Rule = {
  name: 'code',
  pattern: numbered,
  say(match, context): Found | undefined {
    const [, number = '', letters = '', more = '', points = ''] = match;
    // Lưu: VT, VHXH (02b): the number of copies.
    if (letters === 'b' && /lưu[^.;]*[(\s]$/.test(behind(context, match.index)))
      return { end: endOf(match), spoken: `${integerWords(number, context.settings)} bản` };
    const said = wordOrLetters(letters, context);
    if (said === undefined) return undefined;
    const head =
      number.startsWith('0') && number.length > 2 ? digitWords(number) : integerWords(number, context.settings);
    const tail = points
      .split('.')
      .filter(Boolean)
      .map((part) => `chấm ${integerWords(part, context.settings)}`);
    const spoken = [head, said, more && integerWords(more, context.settings), ...tail].filter(Boolean).join(' ');
    return { end: endOf(match), spoken };
  },
};

/** Vắc xin 6in1, pha 3in1. */
export const inOneRule: Rule = {
  name: 'code',
  pattern: stickyAnyCase(String.raw`(\d)\s?in\s?(\d)${END}`),
  say: (match, context) =>
    `${integerWords(match[1] ?? '', context.settings)} trong ${integerWords(match[2] ?? '', context.settings)}`,
};

/** Roads by their class and number. Tried before any lexicon, because ĐT is also a telephone. */
export const roadRule: Rule = {
  name: 'road',
  pattern: sticky(String.raw`(QL|TL|ĐT|HL|ĐH|ĐX)[.\s]?(\d{1,3})(\p{Lu}?)(?![\p{L}\p{N}]|[\s./]?\d)`),
  say(match, context): Found | undefined {
    const [, kind = '', number = '', letter = ''] = match;
    if (/(?<!\p{L})(?:giống|lúa|ngô|lạc|đậu|đỗ|khoai|sắn|nếp)(?!\p{L})[^.;]*$/u.test(behind(context, match.index)))
      return undefined;
    // ĐT 605 is a road: only emergency numbers have three digits.
    const spaced = /^Đ/.test(kind) && !/^Đ\p{Lu}\.?\d/u.test(match[0]);
    if (spaced && (number.length < 3 || /^1[0-2]/.test(number))) return undefined;
    return {
      end: endOf(match),
      spoken: `${roadName(kind, behind(context, match.index))} ${integerWords(number, context.settings)}${letter && ` ${spell(letter) ?? ''}`}`,
    };
  },
};
/** P.305 is a room: no ward has so high a number. CT.01 is an expressway. */
export const roomRule: Rule = {
  name: 'code',
  pattern: sticky(String.raw`(?:P\.?\s?(\d{3,4})|CT[.\s]?(0\d)(?!-\p{Lu}|\/))(?![\p{L}\p{N}]|[.,/]\d)`),
  say: (match, context) =>
    match[2] === undefined
      ? `phòng ${integerWords(match[1] ?? '', context.settings)}`
      : `xê tê ${digitWords(match[2])}`,
};

/** Biển P.131a, W.207, P.102: the letter is the class of the road sign. */
export const roadSignRule: Rule = {
  name: 'code',
  pattern: sticky(String.raw`(P|W|R|I|S|DP|IE|E)\.?\s?(\d{3})(\p{Ll}?)(?![\p{L}\p{N}]|[.,/]\d)`),
  say: (match, context) =>
    /(?:biển|biển báo|biển hiệu|biển cấm|biển số|các biển|và|,)\s*$/.test(behind(context, match.index)) &&
    /biển/.test(behind(context, match.index))
      ? [spell(match[1] ?? ''), integerWords(match[2] ?? '', context.settings), match[3] && spell(match[3])]
          .filter(Boolean)
          .join(' ')
      : undefined,
};

/** Km 509+200: a position on a road. +000 is the post itself and is not spoken. */
export const roadPostRule: Rule = {
  name: 'road-post',
  pattern: sticky(String.raw`[Kk][Mm]\s?(\d{1,4})(?:\s?\+\s?(\d{1,3}))?(?![\p{L}\p{M}\p{N}]|[.,]\d)`),
  say(match, context) {
    const metres = Number(match[2] ?? 0) === 0 ? '' : ` cộng ${integerWords(match[2] ?? '', context.settings)}`;
    return `ki lô mét ${integerWords(match[1] ?? '', context.settings)}${metres}`;
  },
};

/** 'đường ĐH.36': the word 'đường' is not repeated. */
function roadName(kind: string, before: string): string {
  const name = roads[kind] ?? '';
  return /(?:^|[^\p{L}])đường\s$/u.test(before) ? name.replace(/^đường /, '') : name;
}

const roads: Readonly<Record<string, string>> = {
  QL: 'quốc lộ',
  TL: 'tỉnh lộ',
  ĐT: 'đường tỉnh',
  HL: 'hương lộ',
  ĐH: 'đường huyện',
  ĐX: 'đường xã',
};

/** Numbers that identify and do not count: listeners compare them character by character. */
const serial =
  /(?:số khung|số máy|(?<!\p{L})s[km]|số sê ri|seri|serial|imei|mã đơn|vận đơn|mã hồ sơ|mã số|mã tra cứu|mã giao dịch|mã đặt chỗ|mã)\s*(?:số)?\s*:?\s*$/u;

function pieces(written: string, context: RuleContext, bySign = false): string | undefined {
  const said: string[] = [];
  for (const piece of written.match(/\p{L}+|\d+|\./gu) ?? []) {
    const words =
      piece === '.'
        ? 'chấm'
        : /^\d/.test(piece)
          ? bySign
            ? digitWords(piece)
            : numberPiece(piece, context)
          : wordOrLetters(piece, context);
    if (words === undefined) return undefined;
    said.push(words);
  }
  return said.join(' ');
}

function numberPiece(piece: string, context: RuleContext): string {
  return piece.length > 4 || (piece.startsWith('0') && piece.length > 1)
    ? digitWords(piece)
    : integerWords(piece, context.settings);
}

/** A known form is read from the lexicon, a short Vietnamese word as it is, anything else by letters. */
function wordOrLetters(written: string, context: RuleContext): string | undefined {
  const lower = written.toLowerCase();
  if (lower === 'km') return 'ki lô mét';
  // Two letters before a number are more often a series than an office: CT1 is a building, VN123 a flight.
  const office =
    written.length > 2 || written === 'KP' || written === 'KV' || written === 'TW' || written !== written.toUpperCase();
  const known = office ? context.lexicon.alone(written, lower) : undefined;
  if (known !== undefined) return known;
  if (written.length > 1 && written === lower && isSyllable(lower)) return written;
  if (written.length > 1 && written !== written.toUpperCase() && isSyllable(lower)) return lower;
  return spell(written);
}
