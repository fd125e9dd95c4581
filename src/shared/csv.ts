import { stringify } from 'csv-stringify/sync';
import { showHidden } from './clean-text.js';

export type CsvCell = string | number;

/** What a file for Excel begins with; without it Excel reads Vietnamese as mojibake. */
export const CSV_START = '\u{FEFF}';

/**
 * Lines for Excel as Vietnam uses it: `;` between cells, because numbers have a decimal comma and Excel then takes the
 * semicolon for lists; CRLF. No cell is computed by a spreadsheet, see `guard`.
 */
export function csvLines(lines: readonly (readonly CsvCell[])[]): string {
  const guarded = lines.map((line) => line.map(guard));
  // A lone CR or LF would end a line for Excel; by itself the writer quotes only the whole CRLF.
  return stringify(guarded, { delimiter: ';', record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** What begins a formula, also in the full-width and small forms of East Asia. */
const SIGNS = '=+\\-@＝＋－＠﹦﹢﹣﹫';
/** Quotes, spaces and invisible marks that a reader may take away before a sign. */
const SKIPPED = '["\\p{Zs}\\p{Cf}]*';
/** Where the program of another country begins a new cell or line, and control characters, of which some do. */
const BREAKS = '[,;|\\p{Cc}\\u2028\\u2029]';

const atStart = new RegExp(`^(?:\\p{Cc}|${SKIPPED}[${SIGNS}])`, 'u');
const afterBreak = new RegExp(`(${BREAKS})(?=${SKIPPED}[${SIGNS}])`, 'gu');

/**
 * One cell of which no spreadsheet computes a part, and which hides nothing: names and numbers of letters are typed by strangers. A cell that would begin
 * with a sign of formulas begins with an apostrophe. So does what stands behind a separator in the cell: a file with `;` that
 * is opened where lists have commas is cut at the commas, and quotes no longer hold a cell together there.
 */
export function guard(cell: CsvCell): CsvCell {
  if (typeof cell !== 'string') return cell;
  const inside = showHidden(cell).replace(afterBreak, "$1'");
  return atStart.test(inside) ? `'${inside}` : inside;
}
