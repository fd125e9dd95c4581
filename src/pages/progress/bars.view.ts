import {
  progressNames,
  type ProgressState,
  progressStates,
  type StateCounts,
} from '../../reports/progress/progress-state.js';
import { translate } from '../language/language.js';

/** The width of every bar in SVG units; the browser scales it. */
const WIDTH = 1000;

export interface BarPart {
  state: ProgressState;
  x: string;
  width: string;
}

/** One bar of units by state. The template draws it as SVG; `title` and `desc` are its text alternative. */
export interface StateBar {
  id: string;
  label: string;
  desc: string;
  total: string;
  parts: BarPart[];
}

export function stateBar(id: string, label: string, states: StateCounts): StateBar {
  const total = progressStates.reduce((sum, state) => sum + states[state], 0);
  const present = progressStates.filter((state) => states[state] > 0);
  let before = 0;
  const parts = present.map((state) => {
    const x = edge(before, total);
    before += states[state];
    return { state, x: String(x), width: String(edge(before, total) - x) };
  });
  const words = present.map((state) =>
    translate('{n} {state}', { n: states[state], state: translate(progressNames[state]) }),
  );
  const desc =
    total === 0
      ? translate('Chưa có đơn vị nào.')
      : translate('{n} đơn vị: {states}.', { n: total, states: words.join(', ') });
  return { id, label, desc, total: String(total), parts };
}

/** Edges are rounded, not widths, so that the parts fill the bar without a gap. */
function edge(count: number, total: number): number {
  return total === 0 ? 0 : Math.round((count / total) * WIDTH);
}

export interface AmountBar {
  id: string;
  label: string;
  desc: string;
  played: string;
  missed: string;
  /** The x position of the missed part. */
  missedX: string;
  /** The mark of the plays required by now; empty when none is required. */
  requiredX: string;
  said: string;
}

/**
 * Played and missed plays against the required number. Each bar has its own scale, because one ward's week would vanish
 * beside a city's.
 */
export function amountBars(
  rows: readonly { id: string; label: string; played: number; missed: number; required: number }[],
): AmountBar[] {
  return rows.map(({ id, label, played, missed, required }) => {
    const most = Math.max(1, played + missed, required);
    const said = translate('{played} đã phát hoặc đăng, {missed} không thực hiện, phải có {required}', {
      played,
      missed,
      required,
    });
    return {
      id,
      label,
      desc: said,
      said,
      played: String(edge(played, most)),
      missedX: String(edge(played, most)),
      missed: String(edge(played + missed, most) - edge(played, most)),
      requiredX: required > 0 ? String(Math.min(WIDTH - 4, edge(required, most))) : '',
    };
  });
}
