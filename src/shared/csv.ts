import { stringify } from 'csv-stringify/sync';
import { showHidden } from './clean-text.js';

export type CsvCell = string | number;

/** The byte order mark: without it Excel reads Vietnamese as mojibake. */
export const CSV_START = '\u{FEFF}';

/**
 * Lines for Excel as Vietnam uses it: `;` between cells, because numbers have a decimal comma and Excel then takes the
 * semicolon for lists; CRLF. A spreadsheet computes no cell, see `guard`.
 */
export function csvLines(lines: readonly (readonly CsvCell[])[]): string {
  const guarded = lines.map((line) => line.map(guard));
  // A lone CR or LF would end a line for Excel; by default the writer quotes only the whole CRLF.
  return stringify(guarded, { delimiter: ';', record_delimiter: 'windows', quoted_match: /[\r\n]/ });
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
