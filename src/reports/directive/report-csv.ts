import { channelKindNames } from '../../shared/channel-kind.js';
import { type CsvCell, type CsvKind, CSV_START, csvLines } from '../../shared/csv.js';
import type { Counts, DirectiveReport, ObligationLine, UnitLine } from './directive-report.js';

export type ReportGrain = 'unit' | 'day';

/**
 * The report as a table for spreadsheets, see `CsvKind`. Cells that a spreadsheet would take for a formula begin with an
 * apostrophe. One line per obligation and unit, or per obligation, unit, campaign and day.
 */
export function reportCsv(report: DirectiveReport, grain: ReportGrain, kind: CsvKind = 'plain'): string {
  const campaigns = new Map(report.campaigns.map(({ id, name }) => [id, name]));
  const lines = report.obligations.flatMap((obligation) =>
    obligation.units.flatMap((unit) => {
      const head = [report.directive.number, ...headOf(obligation, unit)];
      if (grain === 'unit') return [[...head, ...countCells(unit.counts), ...fulfilmentCells(obligation, unit)]];
      return unit.days.map((day) => {
        return [...head, campaigns.get(day.campaignId) ?? '', { date: day.date }, ...countCells(day.counts)];
      });
    }),
  );
  const titles = [...headTitles, ...(grain === 'day' ? dayTitles : []), ...countTitles];
  if (grain === 'unit') titles.push(...fulfilmentTitles);
  return CSV_START + csvLines([titles, ...lines], kind);
}

const headTitles = ['Số văn bản', 'Nhiệm vụ', 'Loại kênh', 'Đơn vị', 'Kênh'];
const dayTitles = ['Đợt tuyên truyền', 'Ngày'];
const countTitles = [
  'Đã xếp lịch',
  'Đã phát',
  'Không phát được',
  'Chờ kết quả',
  'Đã hủy',
  'Bị thay thế',
  'Báo muộn (đã phát)',
  'Phát ngoài lịch',
  'Bằng chứng A: nhật ký máy và bản ghi âm',
  'Bằng chứng B: nhật ký máy',
  'Bằng chứng C: trực đài xác nhận',
  'Bằng chứng D: khai báo',
];
const fulfilmentTitles = ['Từ ngày', 'Đến ngày', 'Tối thiểu mỗi ngày', 'Số ngày phải đạt', 'Số ngày đạt'];

function headOf(obligation: ObligationLine, unit: UnitLine): CsvCell[] {
  const kind = channelKindNames[obligation.channelKind];
  return [obligation.assignment ?? 'Ngoài nhiệm vụ', kind, unit.unitName, unit.channelName];
}

function countCells(counts: Counts): CsvCell[] {
  const { planned, aired, missed, waiting, cancelled, replaced, lateReported, offPlan, grades } = counts;
  const states = [planned, aired, missed, waiting, cancelled, replaced, lateReported, offPlan];
  return [...states, grades.A, grades.B, grades.C, grades.D];
}

function fulfilmentCells(obligation: ObligationLine, unit: UnitLine): CsvCell[] {
  const { minimumPerDay, daysRequired, daysMet } = unit.fulfilment;
  const dates = [obligation.from, obligation.until].map((date) => (date ? { date } : ''));
  return [...dates, minimumPerDay ?? '', daysRequired, daysMet];
}
