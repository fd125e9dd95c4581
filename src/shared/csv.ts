import { stringify } from 'csv-stringify/sync';

/** What a file for Excel begins with; without it Excel reads Vietnamese as mojibake. */
export const CSV_START = '\u{FEFF}';

/**
 * Lines for Excel as Vietnam uses it: `;` between cells, because numbers have a decimal comma and Excel then takes the
 * semicolon for lists; CRLF. What was typed by strangers and would be computed by a spreadsheet (`=`, `+`, `-`, `@`, also
 * full-width, a tab or a line break at the start) begins with an apostrophe.
 */
export function csvLines(lines: readonly (readonly (string | number)[])[]): string {
  const guarded = lines.map((line) => line.map(guard));
  // A lone CR or LF would end a line for Excel; by itself the writer quotes only the whole CRLF.
  return stringify(guarded, { delimiter: ';', record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

function guard(cell: string | number): string | number {
  return typeof cell === 'string' && /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/u.test(cell) ? `'${cell}` : cell;
}
