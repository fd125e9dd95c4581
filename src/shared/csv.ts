import { stringify } from 'csv-stringify/sync';

export type Cell = string | number;

/** What a file for Excel begins with; without it Excel reads Vietnamese as mojibake. */
export const CSV_START = '\u{FEFF}';

/**
 * Lines for Excel as Vietnam uses it: `;` between cells, because numbers have a decimal comma and Excel then takes the
 * semicolon for lists; CRLF. What was typed by strangers and would be computed by a spreadsheet (`=`, `+`, `-`, `@`, also
 * full-width, a tab or a line break at the start) begins with an apostrophe.
 */
export function csvLines(lines: readonly (readonly Cell[])[]): string {
  const guarded = lines.map((line) => line.map(guard));
  // A lone CR or LF would end a line for Excel; by itself the writer quotes only the whole CRLF.
  return stringify(guarded, { delimiter: ';', record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** One cell that no spreadsheet computes: a name or a number of a letter is typed by strangers. */
export function guard(cell: Cell): Cell {
  return typeof cell === 'string' && /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/u.test(cell) ? `'${cell}` : cell;
}
