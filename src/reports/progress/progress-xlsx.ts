import { PassThrough, type Readable } from 'node:stream';
import type exceljs from 'exceljs';
import type { CsvCell } from '../../shared/csv.js';
import { showDate } from '../../shared/local-time.js';
import type { DirectiveProgress, ProgressCell } from './progress.js';
import { progressMeanings, progressNames, type ProgressState, progressStates } from './progress-state.js';
import { figureText } from './progress-sentences.js';
import { columnName, detailRows, detailTitles, safe } from './progress-table.js';

/** ARGB, pale enough for black text; the text repeats what the colour says. */
const fills: Record<ProgressState, string> = {
  met: 'FFD9F0DF',
  late: 'FFFCE9B8',
  missed: 'FFF8D3CF',
  pending: 'FFE8EAEE',
  unmeasured: 'FFFFFFFF',
};

/** A4 across, as wide as one page and as long as needed. */
const onePageWide = {
  paperSize: 9,
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
} as const;
/** In characters; the columns between the first five and the last three are counts. */
const COUNT_WIDTH = 10;
const detailWidths: Readonly<Record<number, number>> = {
  ...[18, 7, 20, 30, 13],
  [detailTitles.length - 3]: 12,
  [detailTitles.length - 2]: 12,
  [detailTitles.length - 1]: 34,
};
const DATE_FORMAT = 'dd/mm/yyyy';

const thin = { style: 'thin' as const, color: { argb: 'FF9AA0A8' } };
const borders = { top: thin, left: thin, bottom: thin, right: thin };

/**
 * Two sheets, streamed: the table of obligations × units with its legend, and one line per obligation and unit with all
 * counts. Text cells are text, never formulas.
 */
export function progressXlsx(progress: DirectiveProgress): Readable {
  const out = new PassThrough();
  write(progress, out).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}

async function write(progress: DirectiveProgress, stream: PassThrough): Promise<void> {
  // Loaded on the first request: seven hundred files would slow down the start.
  const { default: excel } = await import('exceljs');
  const book = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  book.title = String(safe(`Tiến độ thực hiện ${progress.directive.number}`));
  matrixSheet(book, progress);
  detailSheet(book, progress);
  await book.commit();
}

function matrixSheet(book: exceljs.stream.xlsx.WorkbookWriter, progress: DirectiveProgress): void {
  const sheet = book.addWorksheet('Tiến độ', {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 3 }],
    pageSetup: { ...onePageWide, printTitlesRow: '3:3' },
  });
  sheet.columns = [{ width: 34 }, ...progress.columns.map(() => ({ width: 26 }))];
  const { kind, number, issuedOn, issuer, subject } = progress.directive;
  const what = kind === 'letter' ? 'văn bản' : 'thông báo';
  const title = sheet.addRow([safe(`Tiến độ thực hiện ${what} ${number} ngày ${showDate(issuedOn)}, ${issuer}`)]);
  title.font = { bold: true, size: 14 };
  sheet.addRow([safe(subject ?? '')]);
  const head = sheet.addRow(['Đơn vị', ...progress.columns.map((column) => safe(columnName(column)))]);
  head.font = { bold: true };
  head.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  head.eachCell((cell) => (cell.border = borders));
  for (const row of progress.rows) {
    const line = sheet.addRow([safe(row.unitName), ...row.cells.map((cell) => (cell ? cellText(cell) : ''))]);
    line.eachCell({ includeEmpty: true }, (cell) => (cell.border = borders));
    row.cells.forEach((cell, n) => {
      if (cell) line.getCell(n + 2).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: fills[cell.state] } };
    });
  }
  sheet.addRow([]);
  for (const state of progressStates) {
    const line = sheet.addRow([progressNames[state], progressMeanings[state]]);
    line.getCell(1).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: fills[state] } };
  }
  sheet.commit();
}

function detailSheet(book: exceljs.stream.xlsx.WorkbookWriter, progress: DirectiveProgress): void {
  const sheet = book.addWorksheet('Chi tiết', {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { ...onePageWide, printTitlesRow: '1:1' },
  });
  sheet.columns = detailTitles.map((_title, n) => ({ width: detailWidths[n] ?? COUNT_WIDTH }));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: detailTitles.length } };
  const head = sheet.addRow(detailTitles);
  head.font = { bold: true };
  head.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  head.commit();
  for (const row of detailRows(progress)) {
    const line = sheet.addRow(row.map(valueOf));
    row.forEach((cell, n) => {
      if (typeof cell === 'object') line.getCell(n + 1).numFmt = DATE_FORMAT;
    });
    line.commit();
  }
  sheet.commit();
}

/** A spreadsheet's own date, so that it sorts and filters; spreadsheets have no zones, and the library writes UTC. */
function valueOf(cell: CsvCell): string | number | Date {
  return typeof cell === 'object' ? new Date(`${cell.date}T00:00:00Z`) : cell;
}

/** 'đạt · 12/12', 'chậm · 28/30, thiếu 2'. */
function cellText(cell: ProgressCell): string {
  if (cell.state === 'unmeasured') return progressNames.unmeasured;
  return `${progressNames[cell.state]} · ${figureText(cell)}`;
}
