import type { WarningKind } from './text/reading.js';

/** A stretch of the normalised text with its reading. */
export interface Piece {
  start: number;
  end: number;
  spoken: string;
  rule: string;
  warn?: WarningKind;
  /** The id of a person's decision, which replaces the rules. */
  decision?: string;
}

/**
 * Rules whose pieces can be the two ends of a range when each was read alone: 30/4 - 03/5, 17h00 ngày 18/9 - 5h00 ngày
 * 19/9.
 */
const ends: Readonly<Record<string, string>> = {
  date: 'day',
  'date-list': 'day',
  month: 'month',
  time: 'time',
  weekday: 'weekday',
  money: 'money',
  measure: 'measure',
  percent: 'percent',
  'road-post': 'road-post',
};
const through = /^\s?[-÷]\s?$/;

export function addPiece(pieces: Piece[], piece: Piece, text: string): void {
  const last = pieces[pieces.length - 1];
  if (last && joinPlain(last, piece, text)) return;
  const gap = last && piece.start - last.end <= 3 ? text.slice(last.end, piece.start) : '';
  if (last && through.test(gap)) {
    if (makesRange(last, piece, text)) {
      pieces.push({ ...piece, start: piece.start - gap.trimStart().length, spoken: `đến ${piece.spoken}` });
      return;
    }
  }
  pieces.push(piece);
}

function makesRange(last: Piece, piece: Piece, text: string): boolean {
  // N0-N3-N7 is a list of days, not a range.
  const chained =
    /\p{L}\d*\s?-\s?$/u.test(text.slice(0, last.start).slice(-6)) ||
    /^\s?-\s?[\p{L}\d]/u.test(text.slice(piece.end, piece.end + 4));
  // T3-T5-T7 is a list of three days.
  if (last.rule === 'weekday' && piece.rule === 'weekday' && chained) return false;
  if (last.rule === 'code' && piece.rule === 'code' && chained) return false;
  if (last.rule === 'code' && piece.rule === 'code') return seriesOf(last, text) === seriesOf(piece, text);
  const [from, to] = [ends[last.rule], ends[piece.rule]];
  if (from === 'day' && to === 'time') return /^\s*(?:ngày|cùng ngày|hôm)/.test(text.slice(piece.end, piece.end + 12));
  // 19°N - 112°E is one position, not a range of degrees.
  if (from === 'measure' && lastWord(last) !== lastWord(piece)) return false;
  return from !== undefined && from === to;
}

function lastWord(piece: Piece): string {
  return piece.spoken.slice(piece.spoken.lastIndexOf(' ') + 1);
}

/** BN3153 - BN3164: a range within a series. */
function seriesOf(piece: Piece, text: string): string {
  return /^(?:\p{Lu}+(?=\d)|\d+(?=\p{Lu}$))/u.exec(text.slice(piece.start, piece.end))?.[0] ?? `${piece.start}`;
}

/** Joins plain words one space apart, so that a reading has pieces only for text that rules changed. */
function joinPlain(last: Piece, piece: Piece, text: string): boolean {
  if (!piece.rule.startsWith('plain') || piece.rule !== last.rule) return false;
  if (piece.start !== last.end + 1 || text.charAt(last.end) !== ' ') return false;
  last.end = piece.end;
  last.spoken = `${last.spoken} ${piece.spoken}`;
  return true;
}
