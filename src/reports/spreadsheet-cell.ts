export type Cell = string | number;

/**
 * A name or a number of a letter is typed by strangers; at the start of a cell `=`, `+`, `-`, `@`, a tab or a line break,
 * and the full-width forms of the signs, make a spreadsheet compute it. Such a cell begins with an apostrophe.
 */
export function guard(cell: Cell): Cell {
  return typeof cell === 'string' && /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/u.test(cell) ? `'${cell}` : cell;
}

/** What XML 1.0 can hold: a control character or half a pair in a name would make a document that Word and Excel refuse. */
export function xmlText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
}
