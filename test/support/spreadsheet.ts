/** The separators at which programs of different countries cut a line. */
export const separators = [';', ',', '\t', '|'] as const;

/**
 * The cells of a file as spreadsheets read them where lists have this separator: a quote counts only at the beginning
 * of a cell, text after its end belongs to the cell, and quotes in the middle are letters.
 */
export function cellsOf(csv: string, separator: string): string[] {
  const text = csv.replace(/^\uFEFF/, '');
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  let begun = false;
  const end = () => {
    cells.push(cell);
    [cell, begun] = ['', false];
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
      else quoted = false;
    } else if (letter === '"' && !begun) [quoted, begun] = [true, true];
    else if (letter === separator || letter === '\n' || letter === '\r') end();
    else [cell, begun] = [cell + letter, true];
  }
  end();
  return cells;
}

/** Cells that a spreadsheet would compute, with quotes and spaces before the sign removed. */
export function computed(cells: readonly string[]): string[] {
  return cells.filter((cell) => /^["\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]/u.test(cell));
}

/** Names that a stranger may give himself. */
export const hostileNames = [
  '=1+1',
  '+84',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  ' =1',
  '=cmd|"/c calc"!A0',
  'x,=1+1',
  'x;=1+1',
  'x\t=1+1',
  'x|=1+1',
  'x, "=1+1"',
  'x",=1+1',
  '"",""=1+1',
  'x\r\n=1+1',
  'x,\u200b＝HYPERLINK("http://evil.example")',
  'x;\u00a0@A1',
  '\u0000=1',
];
