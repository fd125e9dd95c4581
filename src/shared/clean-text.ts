import { DomainError } from './domain-error.js';
import { PICTOGRAPHIC } from './pictographic.js';

/** No script stacks more marks on one letter; ordering them costs Unicode normalisation the square of their number. */
const MAX_MARKS = 20;

const lineBreak = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/**
 * Invisible characters that editors and browsers leave in copied text: soft hyphens, zero-width spaces and joiners,
 * direction marks, variation selectors. A joiner between two emoji and the selector after one belong to the emoji.
 */
const leftovers = new RegExp(
  [
    String.raw`[\u001f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2060-\u2064\ufeff]|[\ufe00-\ufe0d]|[\u{e0100}-\u{e01ef}]`,
    String.raw`(?<![${PICTOGRAPHIC}]\ufe0f?|\p{Emoji_Modifier})\u200d|\u200d(?![${PICTOGRAPHIC}])`,
    String.raw`(?<![${PICTOGRAPHIC}]|\p{Emoji_Modifier}|[#*0-9](?=\ufe0f\u20e3))(?:\ufe0e|\ufe0f)`,
  ].join('|'),
  'gu',
);
/** Characters that hide or reorder others, and code points that are no character. */
const refused =
  /(?![\t\n])\p{Cc}|(?!\u200d)\p{Cf}|(?!\u200d|\ufe0e|\ufe0f)\p{Default_Ignorable_Code_Point}|\p{Cs}|\p{Noncharacter_Code_Point}|\p{M}{21}/u;
/** Any character that one of the three patterns above matches. */
const special =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}\p{Noncharacter_Code_Point}]|\p{M}{21}/u;

/**
 * The one form in which text is stored, approved, spoken, posted and exported: NFC, lines that end in `\n`, nothing
 * invisible. Leftovers of copying are dropped. Throws `hidden-sign` (400) for a character that could make a text read
 * otherwise than it is stored; `field` names the text in the sentence.
 */
export function cleanText(text: string, field?: string): string {
  if (!special.test(text)) return text.normalize('NFC');
  // Word copies its non-breaking hyphen as U+001E.
  const even = text.replace(lineBreak, '\n').replaceAll('\u001e', '-').replace(leftovers, '');
  const found = refused.exec(even);
  if (found) throw hiddenSign(even, found, field);
  return even.normalize('NFC');
}

/** Whether `cleanText` would leave the text unchanged. */
export function isClean(text: string): boolean {
  return !hasHidden(text) && text.normalize('NFC') === text;
}

/** Whether a text that was stored before texts were cleaned holds a character that `cleanText` refuses. */
export function hidesSigns(text: string): boolean {
  return (
    special.test(text) && refused.test(text.replace(lineBreak, '\n').replaceAll('\u001e', '-').replace(leftovers, ''))
  );
}

/** Whether a text that was stored before texts were cleaned equals this clean text. */
export function sameWhenClean(kept: string, clean: string): boolean {
  return composed(kept.replace(lineBreak, '\n').replaceAll('\u001e', '-').replace(leftovers, '')) === clean;
}

/**
 * Throws `hidden-sign` (400) for what no database stores: NUL and lone surrogates. For secrets, which stay as typed.
 */
export function requireStorable(text: string, field?: string): void {
  const found = /\0|\p{Cs}|\p{M}{21}/u.exec(text);
  if (found) throw hiddenSign(text, found, field);
}

/**
 * The text with every invisible character written out, as in `Hà[U+202E] Tĩnh`: for texts stored before texts were
 * cleaned.
 */
export function showHidden(text: string): string {
  if (!special.test(text)) return text;
  const marked = text.replace(lineBreak, '\n').replace(leftovers, written);
  return cutMarks(marked).replace(new RegExp(refused, 'gu'), written);
}

/** NFC in linear time: marks beyond twenty on one letter are dropped first. */
export function composed(text: string): string {
  return cutMarks(text).normalize('NFC');
}

/** NFD, likewise. */
export function decomposed(text: string): string {
  return cutMarks(text).normalize('NFD');
}

const manyMarks = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu');

function cutMarks(text: string): string {
  return text.replace(manyMarks, '$1');
}

function hasHidden(text: string): boolean {
  return special.test(text) && (refused.test(text) || text.replace(lineBreak, '\n').replace(leftovers, '') !== text);
}

function written(sign: string): string {
  return `[${nameOf(sign)}]`;
}

function nameOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const kinds: ReadonlyArray<[RegExp, string, string]> = [
  [/^\0/, 'ký tự rỗng', 'NUL'],
  [/^[\u202a-\u202e\u2066-\u2069]/u, 'ký tự đảo chiều chữ', 'reorders text'],
  [/^[\u{e0000}-\u{e0fff}]/u, 'ký tự ẩn mang chữ không ai thấy', 'hidden tag'],
  [/^\p{Cs}/u, 'nửa ký tự bị hỏng', 'half of a character'],
  [/^\p{M}{2}/u, 'quá nhiều dấu chồng lên một chữ', 'too many marks on one letter'],
  [/^/, 'ký tự không nhìn thấy', 'invisible'],
];

function hiddenSign(text: string, found: RegExpExecArray, field: string | undefined): DomainError {
  const before = text.slice(0, found.index);
  const line = before.split('\n').length;
  const near = before
    .slice(before.lastIndexOf('\n') + 1)
    .slice(-20)
    .replace(/^[\udc00-\udfff]/, '')
    .trim();
  const [, vi = '', en = ''] = kinds.find(([kind]) => kind.test(found[0])) ?? [];
  const name = nameOf(found[0]);
  const place = `dòng ${line}${near && `, sau “${near}”`}`;
  return new DomainError(
    'malformed',
    'hidden-sign',
    {
      vi: `Chữ gửi lên có ${vi} (${name}) ở ${place}. Hãy xóa chỗ đó và gõ lại bằng tay.`,
      en: `The text holds a sign that is not allowed (${name}, ${en}) in line ${line}${near && `, after “${near}”`}.`,
    },
    { fields: [{ field: field ?? '(toàn bộ)', problem: `${name} ${en}` }], sign: name, line },
  );
}
