import type { LocalDate } from '../../../shared/local-time.js';
import { dateOf } from '../terms/days.js';
import { type HeadZone, headZone } from './head-zone.js';
import type { HeadCell } from '../text/cell.js';
import { officesOf } from './issuer-name.js';
import { lower, tidy } from '../text/passage.js';
import { tidyNumber } from '../terms/references.js';
import { subjectOf, titleOf } from './subject.js';

export interface LetterHead {
  number: string | null;
  /** The line "Số: …" exists, even when its number is still blank. */
  numberLine: boolean;
  issuedOn: LocalDate | null;
  dateLine: boolean;
  place: string | null;
  issuer: string | null;
  /** The office above the issuer, where the head names one. */
  superior: string | null;
  subject: string | null;
  urgency: string | null;
  /** Where Kính gửi, or else the body, begins. */
  end: number;
  addressed: boolean;
  motto: boolean;
  warnings: string[];
}

const symbol = '\\p{L}[\\p{L}\\d&]{0,14}(?:\\s?[-–—./&]\\s?[\\p{Lu}\\d][\\p{L}\\d&]{0,14}){0,4}';
const numberLine = new RegExp(
  `^(?:(?:công điện|công văn|chỉ thị|thông báo|kế hoạch|quyết định|hướng dẫn)(?: khẩn| hỏa tốc)?[\\s,]{1,3})?số\\s{0,3}[:.]?\\s{0,30}(?<digits>\\d[\\d ]{0,6})?[\\s._…]{0,40}(?:(?:/\\s?(?<year>\\d{4})\\s?)?(?<slash>[/-])\\s{0,2}(?<symbol>${symbol}))?`,
  'iu',
);
const blank = '[\\s.…_]{0,40}';
const longDate = new RegExp(
  `ngày${blank}(?<d>\\d{0,2})${blank}tháng${blank}(?<m>\\d{0,2})${blank}năm${blank}(?<y>\\d{4}(?!\\d)|\\d{0,3})`,
  'u',
);
const shortDate = /(?:ngày\s{1,3}|^|,\s{0,2})(?<d>\d{1,2})\s?[/.-]\s?(?<m>\d{1,2})\s?[/.-]\s?(?<y>\d{4})(?!\d)/u;

/** Reads the head of an official letter (Nghị định 30/2020, Phụ lục I), however its two columns were flattened. */
export function readHead(letter: string): LetterHead {
  const zone = headZone(letter);
  const warnings: string[] = [];
  const numbered = numberOf(zone);
  const cells = numbered.cells;
  const dated = dateInCells(cells, numbered.found, warnings) ?? dateAtEnd(letter, zone.end, warnings);
  const rest = dated?.cell === undefined ? cells : without(cells, dated.cell, dated.rest);
  const urgency = urgencyOf(rest);
  const plain = rest.filter((c) => urgencyIn(c) === null);
  const offices = officesOf(plain, numbered.line);
  return {
    number: numbered.number,
    numberLine: numbered.found,
    issuedOn: dated?.date ?? null,
    dateLine: dated !== null,
    place: dated?.place ?? null,
    issuer: offices.at(-1) ?? null,
    superior: offices.at(-2) ?? null,
    subject: subjectOf(plain, numbered.line),
    urgency,
    end: zone.end,
    addressed: zone.addressed,
    motto: zone.motto,
    warnings,
  };
}

/** Finds "Số: …" at the start of a cell and keeps what follows it in the cell (a place and date, a subject). */
function numberOf(zone: HeadZone): { number: string | null; found: boolean; line: number | null; cells: HeadCell[] } {
  for (const [i, cell] of zone.cells.entries()) {
    const match = numberLine.exec(cell.text);
    if (match === null) continue;
    const { digits, year, slash, symbol: code } = match.groups!;
    if (digits === undefined && code === undefined && !/^số\s?:/iu.test(cell.text)) continue;
    if (code !== undefined && !/^\p{Lu}/u.test(code) && digits === undefined) continue;
    const tail = cell.text.slice(match[0].length).replace(/^[\s,;.]+/u, '');
    if (code === undefined && tail !== '' && !/^[/\s]/u.test(cell.text.slice(match[0].length))) continue;
    const title = /^(?:công điện|chỉ thị|thông báo|kế hoạch|quyết định|hướng dẫn|công văn)(?: khẩn| hỏa tốc)?/iu.exec(
      cell.text,
    )?.[0];
    const pieces = [title ?? '', '\u0000', tail].filter((text) => text !== '');
    const kept = pieces.map((text) => ({ text, low: lower(text), line: cell.line }));
    const cells = [...zone.cells.slice(0, i), ...kept, ...zone.cells.slice(i + 1)].filter((c) => c.text !== '\u0000');
    const plain = digits?.replace(/\s+/g, '');
    const number =
      plain === undefined || plain === ''
        ? null
        : code === undefined
          ? plain
          : tidyNumber(`${plain}${year === undefined ? '' : `/${year}`}${slash ?? '/'}${code}`);
    return { number, found: true, line: cell.line, cells };
  }
  return { number: null, found: false, line: null, cells: zone.cells };
}

interface Dated {
  date: LocalDate | null;
  place: string | null;
  cell?: HeadCell;
  /** The rest of the cell beside the date, e.g. the end of a subject. */
  rest: string;
}

function dateInCells(cells: readonly HeadCell[], isLetter: boolean, warnings: string[]): Dated | null {
  for (const strict of [true, false]) {
    for (const [i, cell] of cells.entries()) {
      const match = longDate.exec(cell.low) ?? shortDate.exec(cell.low);
      if (match === null) continue;
      const before = cell.text.slice(0, match.index);
      // A bare 26/02/2021 on a web page is the date of its publication.
      if (!isLetter && !/ngày/u.test(match[0])) continue;
      const { place, rest } = placeBefore(before, cells[i - 1], cell);
      if (strict ? rest !== '' : !/,\s*$/u.test(before) || place === null) continue;
      // In the middle of a subject, a date belongs to another document.
      if (/(?:số|văn bản|công văn|kế hoạch|chỉ thị)\s[^,]{0,40},?\s*$/iu.test(before)) continue;
      return { date: dateIn(match, warnings), place, cell, rest };
    }
  }
  return null;
}

/** Some wards date a notice at its foot, above the signature. */
function dateAtEnd(letter: string, from: number, warnings: string[]): Dated | null {
  const tail = letter.slice(Math.max(from, letter.length - 1500));
  for (const line of tail.split('\n')) {
    for (const part of line.split(/\t+|\s{3,}/u)) {
      const cell = part.trim();
      const match = longDate.exec(lower(cell));
      if (match === null || !/,\s*$/u.test(cell.slice(0, match.index)) || cell.length > 70) continue;
      const { place, rest } = placeBefore(cell.slice(0, match.index), undefined, undefined);
      if (place !== null && rest === '') return { date: dateIn(match, warnings), place, rest };
    }
  }
  return null;
}

function dateIn(match: RegExpExecArray, warnings: string[]): LocalDate | null {
  const { d, m, y } = match.groups!;
  if (!/^\d{1,2}$/.test(d!) || !/^\d{1,2}$/.test(m!) || !/^\d{4}$/.test(y!)) return null;
  const date = dateOf(Number(d), Number(m), Number(y));
  if (date === null) warnings.push(`Ngày ban hành "${tidy(match[0])}" không có thật nên để trống.`);
  return date;
}

const placeName =
  /(?:^|(?<=\s))((?:(?:TP|Tp|T\.P|TX|Tx|Thành phố|Thị xã|Huyện|Quận|Phường|Xã|Thị trấn|Tỉnh)\.?\s?)?\p{Lu}[\p{L}'’-]*(?:\s(?:\p{Lu}[\p{L}'’-]*|\d{1,2})){0,4}),?\s*$/u;

/** Telegrams have the hour too: "Hà Tĩnh, hồi 9 giờ 00 ngày …". */
const hourBefore = /(?:(?:vào\s)?(?:hồi|lúc)\s)?\d{1,2}\s?(?:giờ|h|g)\s?\d{0,2}\s?(?:phút)?,?$/iu;

function placeBefore(
  before: string,
  above: HeadCell | undefined,
  cell: HeadCell | undefined,
): { place: string | null; rest: string } {
  const text = tidy(before).replace(hourBefore, '').trim();
  if (text === '') return { place: null, rest: '' };
  const match = placeName.exec(text);
  if (match === null) return { place: null, rest: text };
  let place = match[1]!.trim();
  const rest = text.slice(0, match.index).trim();
  // "Bắc" / "Kạn, ngày …": a table cell split the name.
  const broken = above !== undefined && cell !== undefined && rest === '' && cell.line - above.line === 1;
  if (broken && /^\p{L}+$/u.test(place) && /^\p{Lu}\p{Ll}{1,6}$/u.test(above.text)) place = `${above.text} ${place}`;
  return { place, rest };
}

function without(cells: readonly HeadCell[], gone: HeadCell, rest: string): HeadCell[] {
  return cells.flatMap((c) => (c !== gone ? [c] : rest === '' ? [] : [{ text: rest, low: lower(rest), line: c.line }]));
}

const degrees: ReadonlyArray<[RegExp, string]> = [
  [/hỏa tốc,? hẹn giờ/u, 'Hỏa tốc hẹn giờ'],
  [/hỏa tốc/u, 'Hỏa tốc'],
  [/thượng khẩn/u, 'Thượng khẩn'],
  [/khẩn/u, 'Khẩn'],
];

/** A mark of urgency is alone in its cell, or follows the kind of document: "CÔNG ĐIỆN KHẨN". */
function urgencyIn(cell: HeadCell): string | null {
  const alone =
    /^(?:độ khẩn\s?:\s?)?\(?(?:hỏa tốc|thượng khẩn|khẩn)(?: cấp)?(?:,? hẹn giờ)?(?:\s\d[^\n]{0,20})?\)?$/u.test(
      cell.low,
    );
  return alone ? degreeIn(cell.low) : null;
}

function degreeIn(low: string): string | null {
  return degrees.find(([pattern]) => pattern.test(low))?.[1] ?? null;
}

function urgencyOf(cells: readonly HeadCell[]): string | null {
  for (const cell of cells) {
    const own = urgencyIn(cell);
    if (own !== null) return own;
    const title = titleOf(cell);
    if (title !== null && /khẩn|hỏa tốc/u.test(title)) return degreeIn(title);
  }
  return null;
}
