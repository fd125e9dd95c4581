import type { EntityManager } from 'typeorm';
import type { Row } from './table-file.js';

/** Rows per statement: a few hundred values are bound at once, and the statement is prepared once. */
const AT_ONCE = 32;

/** All rows must have the columns of the first. */
export async function insertRows(tx: EntityManager, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const names = columns.map(quoted).join(', ');
  const into = `INSERT INTO ${quoted(table)} (${names})`;
  if (tx.connection.options.type === 'postgres') {
    // One parameter holds all rows; PostgreSQL converts each value to its column's type.
    const sql = `${into} SELECT ${names} FROM json_populate_recordset(NULL::${quoted(table)}, $1)`;
    await tx.query(sql, [JSON.stringify(rows)]);
    return;
  }
  const marks = `(${columns.map(() => '?').join(', ')})`;
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const sql = `${into} VALUES ${some.map(() => marks).join(', ')}`;
    await tx.query(
      sql,
      some.flatMap((row) => columns.map((column) => row[column])),
    );
  }
}

/** Quotes an identifier: the names come from a file that is not trusted. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
