import { Table, type TableColumnOptions, TableForeignKey, TableIndex, type QueryRunner } from 'typeorm';

// Short helpers for migrations, so that a migration reads as a list of columns. They name types that SQLite and
// PostgreSQL both have. Like a migration, a helper is never changed once it has landed.

export const id = (name = 'id'): TableColumnOptions => ({ name, type: 'varchar', length: '36', isPrimary: true });
export const ref = (name: string): TableColumnOptions => ({ name, type: 'varchar', length: '36' });
export const text = (name: string): TableColumnOptions => ({ name, type: 'text' });
export const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
export const instant = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
export const real = (name: string): TableColumnOptions => ({ name, type: 'double precision' });
export const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean' });
export const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

interface TableParts {
  columns: TableColumnOptions[];
  /** Maps a column to the table that it references (always that table's id). */
  references?: Record<string, string>;
  unique?: string[][];
  indices?: string[][];
}

export async function createTable(runner: QueryRunner, name: string, parts: TableParts): Promise<void> {
  await runner.createTable(
    new Table({
      name,
      columns: parts.columns,
      foreignKeys: Object.entries(parts.references ?? {}).map(
        ([column, table]) =>
          new TableForeignKey({
            name: `fk_${name}_${column}`,
            columnNames: [column],
            referencedTableName: table,
            referencedColumnNames: ['id'],
          }),
      ),
      indices: [
        ...(parts.unique ?? []).map(
          (columns) =>
            new TableIndex({ name: `uq_${name}_${columns.join('_')}`, columnNames: columns, isUnique: true }),
        ),
        ...(parts.indices ?? []).map(
          (columns) => new TableIndex({ name: `ix_${name}_${columns.join('_')}`, columnNames: columns }),
        ),
      ],
    }),
  );
}
