import { type CsvCell, guard } from '../../shared/csv.js';
import { channelKindNames } from '../../shared/channel-kind.js';
import { xmlText } from '../export/spreadsheet-cell.js';
import type { DirectiveProgress } from './progress.js';
import { progressNames } from './progress-state.js';

export const detailTitles = [
  'Số văn bản',
  'Điểm',
  'Loại kênh',
  'Đơn vị',
  'Kết quả',
  'Phải phát đến nay',
  'Đã xếp lịch',
  'Đã phát',
  'Đã phát đến nay',
  'Còn thiếu',
  'Không phát được',
  'Chờ kết quả',
  'Báo muộn (đã phát)',
  'Số ngày phải đạt',
  'Số ngày đạt',
  'Từ ngày',
  'Đến ngày',
  'Kênh',
];

/** One line per obligation and unit, point by point; safe for any spreadsheet. */
export function* detailRows(progress: DirectiveProgress): Generator<CsvCell[]> {
  for (const [n, column] of progress.columns.entries()) {
    const dates = [column.from, column.until].map((date) => (date ? { date } : ''));
    for (const row of progress.rows) {
      const cell = row.cells[n];
      if (!cell) continue;
      const counts = [
        cell.required,
        cell.planned,
        cell.played,
        cell.playedDue,
        cell.short,
        cell.missed,
        cell.waiting,
        cell.lateReported,
      ];
      const measured = column.measured ? [...counts, cell.daysRequired, cell.daysMet] : new Array<CsvCell>(10).fill('');
      const head = [progress.directive.number, column.assignment, channelKindNames[column.channelKind], row.unitName];
      yield [...head, progressNames[cell.state], ...measured, ...dates, cell.channels.join('; ')].map(safe);
    }
  }
}

/** A cell guarded against formulas and without characters that XML cannot hold. */
export function safe(cell: CsvCell): CsvCell {
  return typeof cell === 'string' ? guard(xmlText(cell)) : cell;
}

/** 'Điểm 2: Truyền thanh cơ sở'. */
export function columnName({
  assignment,
  channelKind,
}: {
  assignment: number;
  channelKind: keyof typeof channelKindNames;
}): string {
  return `Điểm ${assignment}: ${channelKindNames[channelKind]}`;
}
