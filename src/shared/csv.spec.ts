import fc from 'fast-check';
import { cellsOf, computed, hostileNames, separators } from '../../test/support/spreadsheet.js';
import { CSV_START, csvBytes, csvLines, guard } from './csv.js';

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

  it('is not computed in a file with tabs either', () => {
    for (const name of hostileNames) {
      const csv = csvLines([[name, 'Phường', name]], 'excel');
      for (const separator of separators) expect(computed(cellsOf(csv, separator))).toEqual([]);
    }
  });

  it('stays as it is when it is harmless, and is guarded once', () => {
    const plain = ['Phường Bắc Hà', 'Tổ 1 - Tổ 2', 'A; B, C', 'a=b', '1871/UBND-VHTT', '{"a":[1,2],"b":"c"}'];
    expect(plain.map(guard)).toEqual(plain);
    expect(guard(-5)).toBe(-5);
    expect(hostileNames.map((name) => guard(guard(name)))).toEqual(hostileNames.map(guard));
  });
});

describe('a file for Excel', () => {
  const lines = [
    ['Đơn vị', 'Ngày', 'Tỷ lệ'],
    ['Phường "Bắc Hà"; tổ 1, 2', { date: '2026-08-06' }, 3],
  ];

  it('is UTF-16 with a byte order mark and tabs, which no locale takes for something else, and has ISO dates', () => {
    const bytes = csvBytes(CSV_START + csvLines(lines, 'excel'), 'excel');
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
    const text = bytes.toString('utf16le').slice(1);
    expect(text.split('\r\n')[0]).toBe('Đơn vị\tNgày\tTỷ lệ');
    expect(cellsOf(text, '\t').slice(3)).toContain('Phường "Bắc Hà"; tổ 1, 2');
    expect(text).toContain('\t2026-08-06\t3\r\n');
  });

  it('the plain one is UTF-8 with semicolons and dates as people write them', () => {
    const bytes = csvBytes(CSV_START + csvLines(lines), 'plain');
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString('utf8')).toContain(';06/08/2026;3\r\n');
  });
});
