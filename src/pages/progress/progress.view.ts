import type { DirectiveProgress, ProgressCell, ProgressColumn, ProgressRow } from '../../reports/progress/progress.js';
import { type ProgressState, progressStates } from '../../reports/progress/progress-state.js';
import { showDate, type TimeZone } from '../../shared/local-time.js';
import { moment, translate } from '../language/language.js';
import { finder } from '../../shared/fold.js';
import { amountBars, type StateBar, stateBar } from './bars.view.js';
import { columnTitle, countsText, demandText, figureWords, legend, stateView } from './progress-words.js';

export interface ProgressFilter {
  /** The search text for unit names. */
  search: string;
  state: ProgressState | null;
}

/** One row of the list of directives. */
export function progressLine(progress: DirectiveProgress) {
  const { id, number, issuedOn, issuer, subject } = progress.directive;
  const bar = stateBar(`vach-${id}`, translate('Tiến độ {number}', { number }), progress.states);
  return {
    id,
    number,
    issuedOn: showDate(issuedOn),
    issuer,
    subject: subject ?? '',
    counts: countsText(progress.states),
    bar,
  };
}

export function progressView(progress: DirectiveProgress, filter: ProgressFilter, zone: TimeZone) {
  const { directive, columns, states } = progress;
  const fits = finder(filter.search);
  const rows = progress.rows.filter(
    (row) =>
      fits(row.unitName, row.unitCode) &&
      (filter.state === null || row.cells.some((cell) => cell?.state === filter.state)),
  );
  const { id, number, issuer, subject } = directive;
  return {
    id,
    ownHref: `/tien-do/${id}`,
    letterHref: `/cong-van/${id}`,
    number,
    issuer,
    issuedOn: showDate(directive.issuedOn),
    subject: subject ?? '',
    generated: moment(progress.generatedAt, zone),
    counts: countsText(states),
    columns: columns.map((column, n) => ({
      id: column.obligationId,
      n: String(n + 1),
      title: columnTitle(column),
      text: column.text,
      demand: demandText(column),
      reportDue: column.reportDue ? showDate(column.reportDue) : '',
      bar: columnBar(column, n),
    })),
    // A column that requires nothing of these units is left out.
    asked: columns.flatMap((column, n) =>
      isAsked(progress, n) ? [{ title: columnTitle(column), demand: demandText(column) }] : [],
    ),
    rows: rows.map((row) => rowView(row, progress)),
    nothing: progress.rows.length === 0,
    filtered: filter.search !== '' || filter.state !== null,
    search: filter.search,
    states: progressStates.map((state) => ({ ...stateView(state), chosen: state === filter.state })),
    amounts: amountBars(
      columns.flatMap((column, n) => {
        if (!column.measured) return [];
        const cells = progress.rows.flatMap((row) => row.cells[n] ?? []);
        const sum = (name: 'played' | 'missed' | 'required') => cells.reduce((total, cell) => total + cell[name], 0);
        const counts = { played: sum('played'), missed: sum('missed'), required: sum('required') };
        return [{ id: `so-luot-${n}`, label: columnTitle(column), ...counts }];
      }),
    ),
    legend: legend(),
  };
}

function isAsked({ rows }: DirectiveProgress, n: number): boolean {
  return rows.some((row) => row.cells[n] !== null);
}

function rowView(row: ProgressRow, progress: DirectiveProgress) {
  const { directive, columns } = progress;
  return {
    code: row.unitCode,
    name: row.unitName,
    ...stateView(row.state),
    cells: row.cells.flatMap((cell, n) => {
      if (!isAsked(progress, n)) return [];
      const column = columns[n];
      if (!cell || !column) return { asked: false };
      return {
        asked: true,
        column: columnTitle(column),
        href: `/tien-do/${directive.id}/${cell.obligationId}/${row.unitCode}`,
        ...stateView(cell.state),
        ...progressAmounts(cell),
      };
    }),
  };
}

/** '12/14 lượt', and the same as a sentence for screen readers. */
export function progressAmounts(cell: ProgressCell) {
  if (cell.state === 'unmeasured') return { amount: '', detail: translate('đơn vị báo cáo bằng văn bản') };
  const { playedDue: played, required, planned, missed, waiting } = cell;
  const detail = translate(
    'đã phát {played} trên {required} phải phát, đã xếp {planned}, không phát {missed}, chờ {waiting}',
    {
      played,
      required,
      planned,
      missed,
      waiting,
    },
  );
  return { amount: figureWords(cell), detail };
}

/** No unit has a channel for leaflets: 'no unit yet' would be wrong, because wards print them and report in writing. */
function columnBar(column: ProgressColumn, n: number): StateBar {
  const bar = stateBar(`trang-thai-${n}`, columnTitle(column), column.states);
  if (column.measured || bar.total !== '0') return bar;
  return { ...bar, desc: translate('Kênh này do đơn vị tự báo cáo bằng văn bản.') };
}
