import { Readable } from 'node:stream';
import { CSV_START, csvLines } from '../../shared/csv.js';
import type { DirectiveProgress } from './progress.js';
import { detailRows, detailTitles } from './progress-table.js';

/** For Excel: UTF-8 with byte order mark, `;` between cells, CRLF. Streamed. */
export function progressCsv(progress: DirectiveProgress): Readable {
  return Readable.from(lines(progress));
}

function* lines(progress: DirectiveProgress): Generator<string> {
  yield CSV_START + csvLines([detailTitles]);
  for (const row of detailRows(progress)) yield csvLines([row]);
}
