import { buffer } from 'node:stream/consumers';
import excel from 'exceljs';
import { cellsOf, computed, hostileNames, separators } from '../../../test/support/spreadsheet.js';
import type { DirectiveProgress } from './progress.js';
import { progressCsv } from './progress-csv.js';
import { detailTitles } from './progress-table.js';
import { progressXlsx } from './progress-xlsx.js';

/** A table in which every text typed by people is this one. */
function progress(evil: string): DirectiveProgress {
  const states = { met: 0, late: 0, missed: 1, pending: 0, unmeasured: 0 };
  const counts = { planned: 2, played: 1, missed: 1, waiting: 0, lateReported: 0, daysMet: 0 };
  return {
    directive: { id: 'd', number: evil, issuedOn: '2020-08-05', issuer: evil, place: evil, subject: evil },
    generatedAt: 0,
    columns: [
      {
        obligationId: 'o',
        assignment: 2,
        text: evil,
        channelKind: 'ward-loudspeaker',
        addressees: [evil],
        minPlaysPerDay: 3,
        from: '2020-08-06',
        until: null,
        reportDue: null,
        measured: true,
        states,
      },
    ],
    rows: [
      {
        unitId: 'u',
        unitCode: 'u',
        unitName: evil,
        state: 'missed',
        cells: [
          { obligationId: 'o', state: 'missed', required: 3, daysRequired: 1, channels: [evil, evil], ...counts },
        ],
      },
    ],
    states,
  } as DirectiveProgress;
}

describe('the sheets', () => {
  it('print across, one page wide, with their heads on every page, and dates that sort', async () => {
    const book = new excel.Workbook();
    const bytes = await buffer(progressXlsx(progress('Phường Bắc Hà')));
    await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
    const setups = book.worksheets.map(({ pageSetup }) => pageSetup);
    const across = { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
    expect(setups).toMatchObject([
      { ...across, printTitlesRow: '3:3' },
      { ...across, printTitlesRow: '1:1' },
    ]);
    const detail = book.getWorksheet('Chi tiết')!;
    expect(detail.getRow(1).getCell(6).alignment).toMatchObject({ wrapText: true });
    const from = detail.getRow(2).getCell(detailTitles.indexOf('Từ ngày') + 1);
    expect([from.type, from.value, from.numFmt]).toEqual([
      excel.ValueType.Date,
      new Date('2020-08-06T00:00:00Z'),
      'dd/mm/yyyy',
    ]);
  });
});

describe('the table of progress with names of strangers', () => {
  it.each(hostileNames)('%j is not computed in the CSV', async (evil) => {
    const csv = (await buffer(progressCsv(progress(evil), 'plain'))).toString('utf8');
    expect(csv.startsWith('\uFEFFSố văn bản;')).toBe(true);
    for (const separator of separators) expect(computed(cellsOf(csv, separator))).toEqual([]);
  });

  it('no cell of the sheets is a formula, nor becomes one when it is saved as CSV', async () => {
    let texts = 0;
    for (const evil of hostileNames) {
      const book = new excel.Workbook();
      const bytes = await buffer(progressXlsx(progress(evil)));
      await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
      book.eachSheet((sheet) =>
        sheet.eachRow((row) =>
          row.eachCell((cell) => {
            expect(cell.formula).toBeUndefined();
            if (typeof cell.value !== 'string') return;
            texts++;
            for (const separator of separators) expect(computed(cellsOf(cell.value, separator))).toEqual([]);
          }),
        ),
      );
    }
    expect(texts).toBeGreaterThan(hostileNames.length * 20);
  });
});
