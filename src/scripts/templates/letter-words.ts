import { fold } from '../../shared/fold.js';
import { lowerFirst } from './print-helpers.js';

/**
 * Extractors for single facts of a letter. Each returns null unless the text is unambiguous: a wrong name broadcast on
 * forty loudspeakers is worse than an empty field.
 */

const NAME_WORD = '[\\p{L}\\d][\\p{L}\\d.+-]*';

/**
 * The app that a letter is about: 'ứng dụng Bluezone', 'ứng dụng "Công dân số Hà Tĩnh"'. The subject line takes
 * precedence.
 */
export function appNameIn(...texts: readonly (string | null | undefined)[]): string | null {
  for (const text of texts) {
    const names = new Set(appNames(text?.normalize('NFC') ?? ''));
    if (names.size > 0) return names.size === 1 ? ([...names][0] ?? null) : null;
  }
  return null;
}

function* appNames(text: string): Generator<string> {
  const mentions = new RegExp(
    `ứng dụng(?: di động)?\\s+(?:["“”«]([^"“”«»\\n]{2,60})["”»]|(${NAME_WORD}(?: ${NAME_WORD}){0,5}))`,
    'giu',
  );
  for (const [, quoted, words] of text.matchAll(mentions)) {
    const name = quoted?.trim() ?? brandAtStart(words ?? '');
    if (name) yield name;
  }
}

/**
 * The brand at the start of `words`: capitalised words that are no Vietnamese syllable ('VNeID', 'eTax Mobile'). A
 * capitalised Vietnamese word beside it ('Smart Hà Tĩnh') may or may not belong to the name, so the result is then
 * null.
 */
function brandAtStart(words: string): string | null {
  const brand: string[] = [];
  for (const word of words.split(' ').map((w) => w.replace(/[.+-]+$/, ''))) {
    if (!/\p{Lu}/u.test(word)) break;
    if (isVietnameseSyllable(word)) return null;
    brand.push(word);
  }
  return brand.length > 0 ? brand.join(' ') : null;
}

function isVietnameseSyllable(word: string): boolean {
  return /^(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(ng|nh|ch|[cmnpt])?$/.test(fold(word));
}

/** The only web address of a text, without the surrounding punctuation. */
export function webAddressIn(text: string | null | undefined): string | null {
  const found = [...(text ?? '').matchAll(/https?:\/\/[^\s<>"“”()]+/gi)].map(([address]) =>
    address.replace(/[.,;:!?/]+$/, ''),
  );
  return only(found);
}

/** The only number that a text calls a hotline. */
export function hotlineIn(text: string | null | undefined): string | null {
  const numbers = (text ?? '')
    .normalize('NFC')
    .matchAll(/(?:đường dây nóng|hotline|số điện thoại (?:hỗ trợ|liên hệ|trực))[^\d\n]{0,30}(\+?\d[\d .-]{1,18}\d)/giu);
  return only([...numbers].map(([, number]) => (number ?? '').trim()));
}

function only(values: readonly string[]): string | null {
  const different = [...new Set(values)];
  return different.length === 1 ? (different[0] ?? null) : null;
}

/** A subject line without 'V/v', to follow 'về việc'. */
export function matterOf(subject: string | null | undefined): string | null {
  const bare = (subject ?? '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(v\/v|về việc|trích yếu)\s*:?\s*/iu, '')
    .replace(/[\s./;,]+$/, '');
  if (bare === '') return null;
  const [first = '', next = ''] = bare.split(' ');
  const startsSentence = isVietnameseSyllable(first.replace(/\P{L}/gu, '')) && /^\p{Lu}\p{Ll}*\P{L}*$/u.test(first);
  const isName = HEADS.some((head) => head.includes(' ') && fold(bare).startsWith(`${fold(head)} `));
  return startsSentence && !isName && /^\p{Ll}/u.test(next) ? lowerFirst(bare) : bare;
}

const AREA = 'phường|xã|thị trấn|thị xã|thành phố|quận|huyện|tỉnh';

/** 'Ủy ban nhân dân phường Bắc Hà' → 'phường Bắc Hà'; null when the name holds no named place. */
export function placeInLetter(unitName: string): string | null {
  const place = new RegExp(`(?<![\\p{L}])(${AREA}) (\\p{Lu}[\\p{L}\\d]*|\\d+)(?: [\\p{Lu}\\d][\\p{L}\\d]*)*`, 'iu');
  const found = place.exec(unitName.normalize('NFC').replace(/\s+/g, ' '));
  return found ? lowerFirst(found[0]) : null;
}

/** Head words of office names, in running-text spelling. */
const HEADS = [
  'ủy ban nhân dân',
  'hội đồng nhân dân',
  'ban chỉ đạo',
  'ban chỉ huy',
  'văn phòng',
  'trung tâm',
  'công an',
  'chi cục',
  'cục',
  'sở',
  'phòng',
  'bộ',
];

/**
 * An issuer in running-text spelling. Letterheads are in capitals ('ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH'): known head
 * words and areas get their usual capitals; unknown words stay unchanged.
 */
export function issuerName(issuer: string | null | undefined): string | null {
  const name = (issuer ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  if (name === '') return null;
  if (name !== name.toUpperCase()) return name;
  const small = name.toLowerCase().replaceAll('uỷ ban', 'ủy ban');
  const head = HEADS.find((words) => small.startsWith(`${words} `));
  if (!head) return name;
  const [, office = '', area = ''] =
    new RegExp(`^(.*?)((?:(?:^|(?<= ))(?:${AREA}) .*)?)$`, 'u').exec(small.slice(head.length + 1)) ?? [];
  const parts = [upperFirst(head), officeCase(office.trim()), areaCase(area)];
  return parts.filter((part) => part !== '').join(' ');
}

/** 'thông tin và truyền thông' → 'Thông tin và Truyền thông'. */
function officeCase(office: string): string {
  return office.replace(
    /(^|, | và | - | – )(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** 'thành phố hà tĩnh' → 'thành phố Hà Tĩnh'. */
function areaCase(area: string): string {
  const kinds = new RegExp(`(?<![\\p{L}])(${AREA})(?![\\p{L}])`, 'gu');
  const kindsAt = [...area.matchAll(kinds)].map((match) => [match.index, match.index + match[0].length] as const);
  return area.replace(/(?<![\p{L}])\p{L}/gu, (letter, at: number) =>
    kindsAt.some(([from, to]) => at >= from && at < to) ? letter : letter.toUpperCase(),
  );
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
