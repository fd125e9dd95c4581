import { B, E } from '../text/passage.js';

/** `min` and `max` are per day. `unit` is the word counted ('lần', 'buổi', 'bài' …). */
export interface Frequency {
  start: number;
  end: number;
  min: number | null;
  max: number | null;
  unit: string;
  /** 'assumed': a number of times without "mỗi ngày", read as per day with a warning. */
  per: 'day' | 'assumed';
}

export interface Frequencies {
  perDay: Frequency[];
  /**
   * Phrases that count per week, month or hour, or that contradict themselves: reported as a warning, never turned into
   * a number.
   */
  unread: string[];
}

const words = ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'];
const number = (name: string) => `(?<${name}>\\d{1,3}|${words.join('|')}|bẩy|tư)(?:\\s?\\(\\s?[^()\\n]{1,12}\\))?`;
const times = (a: string, b: string) =>
  `${B}${number(a)}(?:\\s{0,2}(?:-|đến|tới|hoặc|,|÷)\\s{0,2}(?:tối đa\\s)?${number(b)})?\\s{0,2}(?<unit${a}>lần|lượt|buổi|phiên|cữ|bản tin|tin|bài|chương trình|thông báo)${E}`;
const extra =
  '(?:[\\s,]{1,2}(?:phát sóng|phát thanh|phát|tin bài|tin|bài|viết|ảnh|đăng|tuyên truyền|thông báo|trở lên))?';
const aside = '(?:\\s{0,2}\\([^()\\n]{0,48}\\))?';
const aDay = `\\s{0,2}(?:/\\s{0,2}(?:1|01|một)?|trên(?:\\smột)?|trong(?:\\s(?:một|mỗi))?|mỗi|một|1|hằng|hàng|cho mỗi)\\s{0,2}ngày${E}(?!\\s{0,2}\\d)`;
const longer = '(?:tuần|tháng|quý|năm|giờ|tiếng|buổi|đợt|phiên)';

/** "3-5 lần/ngày", "02 (hai) lần mỗi ngày", "2 buổi (sáng, chiều) trong ngày". */
const countFirst = new RegExp(times('a', 'b') + extra + aside + aDay, 'gu');
/** "mỗi ngày phát ít nhất 02 lần", "hằng ngày 2 buổi", "ngày phát 2 buổi". */
const dayFirst = new RegExp(
  `(?:${B}(?:mỗi|một|hằng|hàng|trong)\\s{1,2}ngày|(?<=^|[\\s,;:(])ngày(?=\\s{1,2}(?:phát|tuyên|thông báo|đăng|ít nhất|tối thiểu|không|từ|[0-9]|hai|ba|bốn))(?!\\s{1,2}\\d{1,2}\\s?[/.-]\\s?\\d))[\\s,:(]{1,3}(?:(?!(?:mỗi|một)\\s(?:${longer}|buổi|lần))[^\\s.;()]{1,14}\\s{1,2}){0,10}?${times('a', 'b')}(?!\\s{0,2}(?:/|mỗi|một|trên)\\s{0,2}(?:${longer}|buổi))`,
  'gu',
);
const perLonger = new RegExp(
  `${times('a', 'b')}${extra}${aside}\\s{0,2}(?:/|mỗi|một|trong|trên|hằng|hàng)\\s{0,2}(?:1\\s|01\\s|một\\s)?${longer}${E}|${B}(?:mỗi|một|hằng|hàng)\\s${longer}[\\s,:](?:(?!ngày)[^\\s.;()]{1,14}\\s{1,2}){0,6}?${times('c', 'd')}`,
  'gu',
);
const bareMinimum = new RegExp(`${B}(?:ít nhất|tối thiểu)\\s{1,2}(?:là\\s|phát\\s)?${times('a', 'b')}`, 'gu');
const bareMaximum = new RegExp(`${B}(?:không quá|tối đa|nhiều nhất)\\s{1,2}(?:là\\s|phát\\s)?${times('a', 'b')}`, 'gu');
/** "buổi sáng 01 lần, buổi chiều 01 lần": the parts of one day are summed. */
const partOfDay = new RegExp(`${B}(?<part>sáng|trưa|chiều|tối)[^.;\\n\\d]{0,14}?${times('a', 'b')}`, 'gu');
const eachSession = new RegExp(
  `^[^.;\\n]{0,30}?mỗi\\s(?:buổi|phiên)\\s(?:[^\\s\\d.;]{1,9}\\s){0,3}?${number('a')}\\s(?:lần|lượt)${E}`,
  'u',
);

const firstNumber = new RegExp(`${B}${number('x')}`, 'u');
const atLeast =
  /(?:ít nhất|tối thiểu|không dưới|không ít hơn|thấp nhất|(?<!không )trên|(?<!không )hơn|≥|>=?)(?:\s(?:là|từ|phải|đạt|phát|mỗi|một|ngày|sóng|thanh|trên|:)){0,3}\s{0,2}$/u;
const atMost =
  /(?:không quá|không vượt quá|không được quá|không hơn|tối đa|nhiều nhất|(?<!không )dưới|≤|<=?)(?:\s(?:là|phải|đến|phát|mỗi|một|ngày|sóng|thanh|:)){0,3}\s{0,2}$/u;

/** The frequencies in `low` (the lower-case twin of a sentence or point). An exact "2 lần/ngày" is min 2 and max 2. */
export function frequenciesIn(low: string): Frequencies {
  const perDay: Frequency[] = [];
  const unread: string[] = [];
  if (!/lần|lượt|buổi|phiên|cữ|tin|bài|chương trình|thông báo/.test(low)) return { perDay, unread };
  const taken: Array<{ start: number; end: number }> = [];
  const free = (start: number, end: number) => taken.every((t) => end <= t.start || start >= t.end);

  const take = (match: RegExpMatchArray, per: Frequency['per']) => {
    const start = match.index!;
    const end = start + match[0].length;
    if (!free(start, end)) return;
    const read = amount(low, match, start, end);
    taken.push({ start, end: read?.until ?? end });
    if (read === null) unread.push(match[0].trim());
    else perDay.push({ start, end, per, min: read.min, max: read.max, unit: read.unit });
  };

  if (low.includes('ngày')) for (const match of low.matchAll(countFirst)) take(match, 'day');
  if (low.includes('ngày')) for (const match of low.matchAll(dayFirst)) take(match, 'day');
  for (const match of low.matchAll(perLonger)) {
    const end = match.index + match[0].length;
    if (!free(match.index, end)) continue;
    taken.push({ start: match.index, end });
    unread.push(match[0].trim());
  }
  if (perDay.length === 0) sumOfParts(low, free, perDay, taken);
  const stated = perDay.length > 0 ? 'day' : 'assumed';
  for (const match of low.matchAll(bareMinimum)) take(match, stated);
  if (perDay.length > 0) for (const match of low.matchAll(bareMaximum)) take(match, stated);
  return { perDay: perDay.sort((a, b) => a.start - b.start), unread };
}

function sumOfParts(
  low: string,
  free: (start: number, end: number) => boolean,
  perDay: Frequency[],
  taken: Array<{ start: number; end: number }>,
): void {
  if (!/sáng|chiều|tối/.test(low)) return;
  const parts = [...low.matchAll(partOfDay)].filter((m) => free(m.index, m.index + m[0].length));
  const names = new Set(parts.map((m) => m.groups!['part']));
  if (parts.length < 2 || names.size !== parts.length) return;
  const counts = parts.map((m) => toNumber(m.groups!['a']));
  if (counts.some((n) => n === null)) return;
  const total = counts.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  const [start, end] = [parts[0]!.index, parts.at(-1)!.index + parts.at(-1)![0].length];
  taken.push({ start, end });
  perDay.push({ start, end, min: total, max: total, unit: 'lần', per: 'day' });
}

interface Amount {
  min: number | null;
  max: number | null;
  unit: string;
  /** End of the phrase when "mỗi buổi 02 lần" follows and was included. */
  until: number;
}

function amount(low: string, match: RegExpMatchArray, start: number, end: number): Amount | null {
  const groups = match.groups!;
  const unit = groups['unita'] ?? 'lần';
  let first = toNumber(groups['a']);
  let second = groups['b'] === undefined ? null : toNumber(groups['b']);
  let until = end;
  if (first === null || first === 0 || first > 96 || (second !== null && second < first)) return null;
  if (unit === 'buổi' || unit === 'phiên') {
    const session = eachSession.exec(low.slice(end, end + 90));
    const each = toNumber(session?.groups?.['a']);
    if (session !== null && each !== null && each > 0) {
      until = end + session[0].length;
      first *= each;
      second = second === null ? null : second * each;
    }
  }
  if (second !== null) return { min: first, max: second, unit, until };
  // "ít nhất" is before the number, or before "mỗi ngày".
  const outside = low.slice(Math.max(0, start - 28), start);
  const inside = match[0].slice(0, Math.max(0, match[0].search(firstNumber)));
  const leads = /^(?:mỗi|một|hằng|hàng)?\s{0,2}ngày/u.test(inside) ? [outside + inside, outside] : [outside + inside];
  if (leads.some((lead) => atMost.test(lead))) return { min: null, max: first, unit, until };
  const upward = /trở lên/u.test(low.slice(end, end + 14) + match[0]) || /(?:^|\s)từ\s{1,2}$/u.test(leads[0] ?? '');
  if (upward || leads.some((lead) => atLeast.test(lead))) return { min: first, max: null, unit, until };
  return { min: first, max: first, unit, until };
}

function toNumber(printed: string | undefined): number | null {
  if (printed === undefined) return null;
  if (/^\d/.test(printed)) return Number(printed);
  const other: Record<string, number> = { bẩy: 7, tư: 4 };
  const index = words.indexOf(printed);
  return index >= 0 ? index + 1 : (other[printed] ?? null);
}
