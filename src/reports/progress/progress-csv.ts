import { Readable } from 'node:stream';
import { CSV_START, csvBytes, type CsvKind, csvLines } from '../../shared/csv.js';
import type { DirectiveProgress } from './progress.js';
import { detailRows, detailTitles } from './progress-table.js';

/** A table for spreadsheets, see `CsvKind`. Streamed. */
export function progressCsv(progress: DirectiveProgress, kind: CsvKind): Readable {
  return Readable.from(lines(progress, kind));
}

function* lines(progress: DirectiveProgress, kind: CsvKind): Generator<Buffer> {
  yield csvBytes(CSV_START + csvLines([detailTitles], kind), kind);
  for (const row of detailRows(progress)) yield csvBytes(csvLines([row], kind), kind);
}
