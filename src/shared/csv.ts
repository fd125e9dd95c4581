import { stringify } from 'csv-stringify/sync';
import { type LocalDate, type LocalTime, showDate } from './local-time.js';
import { showHidden } from './clean-text.js';

/** A local day or moment: shown as people write it in a plain file, and as every spreadsheet understands it in one for Excel. */
export interface CsvDate {
  readonly date: LocalDate;
  readonly time?: LocalTime;
}
export type CsvCell = string | number | CsvDate;

/**
 * `excel`: opens right in the Excel of every locale, UTF-16LE with tabs and ISO dates. `plain`: UTF-8 with `;`, for other
 * programs. Reasons: DECISIONS.md, “The first CSV is UTF-16 with tabs”.
 */
export const csvKinds = ['excel', 'plain'] as const;
export type CsvKind = (typeof csvKinds)[number];

/** The byte order mark, of both kinds: without it Excel reads Vietnamese as mojibake. */
export const CSV_START = '\u{FEFF}';

/**
 * Lines with CRLF. In a plain file `;` is between cells, because Vietnamese numbers have a decimal comma. A spreadsheet
 * computes no cell, see `guard`.
 */
export function csvLines(lines: readonly (readonly CsvCell[])[], kind: CsvKind = 'plain'): string {
  const guarded = lines.map((line) => line.map((cell) => written(guard(cell), kind)));
  // A lone CR or LF would end a line for Excel; by default the writer quotes only the whole CRLF.
  return stringify(guarded, {
    delimiter: kind === 'excel' ? '\t' : ';',
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  });
}

/** The bytes of such a text. */
export function csvBytes(text: string, kind: CsvKind): Buffer {
  return Buffer.from(text, kind === 'excel' ? 'utf16le' : 'utf8');
}

export function csvType(kind: CsvKind): string {
  return `text/csv; charset=${kind === 'excel' ? 'utf-16le' : 'utf-8'}`;
}

/** Excel takes an ISO date for a date in every locale; '06/08/2020' would be June in some. */
function written(cell: CsvCell, kind: CsvKind): string | number {
  if (typeof cell !== 'object') return cell;
  const { date, time } = cell;
  return [kind === 'excel' ? date : showDate(date), ...(time ? [time] : [])].join(' ');
}

/** Characters that begin a formula, also in the full-width and small forms of East Asia. */
const SIGNS = '=+\\-@＝＋－＠﹦﹢﹣﹫';
/** Quotes, spaces and invisible characters that a reader may strip before them. */
const SKIPPED = '["\\p{Zs}\\p{Cf}]*';
/**
 * Characters with which a program of another locale begins a new cell or line, and control characters, of which some
 * do.
 */
const BREAKS = '[,;|\\p{Cc}\\u2028\\u2029]';

const atStart = new RegExp(`^(?:\\p{Cc}|${SKIPPED}[${SIGNS}])`, 'u');
const afterBreak = new RegExp(`(${BREAKS})(?=${SKIPPED}[${SIGNS}])`, 'gu');

/**
 * Makes a cell safe: no spreadsheet computes a part of it, and it hides nothing. Strangers type the names and numbers
 * of letters. A cell that would begin with a formula character gets an apostrophe in front. So does the part after a
 * separator inside the cell: where lists have commas, a file with `;` is cut at the commas, and quotes no longer hold
 * the cell together.
 */
export function guard(cell: CsvCell): CsvCell {
  if (typeof cell !== 'string') return cell;
  const inside = showHidden(cell).replace(afterBreak, "$1'");
  return atStart.test(inside) ? `'${inside}` : inside;
}
