import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { DirectiveProgress } from './progress.js';
import { detailRows, detailTitles } from './progress-table.js';

/** For Excel, as it is read: UTF-8 with byte order mark, `;` between cells, CRLF. Written while it is sent. */
export function progressCsv(progress: DirectiveProgress): Readable {
  const writer = stringify({ bom: true, delimiter: ';', record_delimiter: 'windows', quoted_match: /[\r\n]/ });
  const rows = Readable.from(lines(progress));
  // A pipe does not pass errors on, and a half-written file must not end as if it were whole.
  rows.on('error', (error) => writer.destroy(error));
  return rows.pipe(writer);
}

function* lines(progress: DirectiveProgress) {
  yield detailTitles;
  yield* detailRows(progress);
}
