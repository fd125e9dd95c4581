import fc from 'fast-check';
import { cellsOf, computed, hostileNames, separators } from '../../test/support/spreadsheet.js';
import { csvLines, guard } from './csv.js';

describe('a cell that a stranger typed', () => {
  it.each(hostileNames)('%j is not computed in any country', (name) => {
    const csv = csvLines([
      [name, 'Phường', name],
      ['Phường', name, 3],
    ]);
    for (const separator of separators) expect(computed(cellsOf(csv, separator))).toEqual([]);
  });

  it('is not computed, whatever it is made of', () => {
    const piece = fc.constantFrom(
      ',',
      ';',
      '\t',
      '|',
      '"',
      "'",
      ' ',
      '\r',
      '\n',
      '\u200b',
      '=',
      '+',
      '-',
      '@',
      '＝',
      'x',
      '1',
    );
    const name = fc.oneof(
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(name, { minLength: 1 }), { minLength: 1 }), (lines) => {
        const csv = csvLines(lines);
        for (const separator of separators) expect(computed(cellsOf(csv, separator))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('stays as it is when it is harmless, and is guarded once', () => {
    const plain = ['Phường Bắc Hà', 'Tổ 1 - Tổ 2', 'A; B, C', 'a=b', '1871/UBND-VHTT', '{"a":[1,2],"b":"c"}'];
    expect(plain.map(guard)).toEqual(plain);
    expect(guard(-5)).toBe(-5);
    expect(hostileNames.map((name) => guard(guard(name)))).toEqual(hostileNames.map(guard));
  });
});
