import type { DataSource } from 'typeorm';
import { DomainError } from '../../shared/domain-error.js';
import { migrations } from '../migrations/index.js';

/** Names of migrations. */
export interface SchemaState {
  applied: readonly string[];
  /** Migrations of this program that are not yet applied. */
  pending: readonly string[];
}

type Query = (sql: string) => Promise<Record<string, unknown>[]>;

/** Compares the tables with this program. Throws `database-newer` (503) when a newer program has changed them. */
export async function schemaState(source: Pick<DataSource, 'options'> & { query: Query }): Promise<SchemaState> {
  return compare(await appliedMigrations((sql) => source.query(sql), source.options.type === 'postgres'));
}

export async function appliedMigrations(query: Query, isPostgres: boolean): Promise<string[]> {
  const [table] = await query(
    isPostgres
      ? "SELECT to_regclass('migrations') AS name"
      : "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migrations'",
  );
  if (!table?.['name']) return [];
  const rows = await query('SELECT name FROM migrations ORDER BY "timestamp"');
  return rows.map(({ name }) => String(name));
}

export function compare(applied: readonly string[]): SchemaState {
  const own = new Set(migrations.map(({ name }) => name));
  const unknown = applied.filter((name) => !own.has(name));
  if (unknown.length > 0) throw databaseNewer(unknown);
  const done = new Set(applied);
  return { applied, pending: migrations.map(({ name }) => name).filter((name) => !done.has(name)) };
}

/** Whether tables exist and this program needs newer ones. */
export function isOlder({ applied, pending }: SchemaState): boolean {
  return applied.length > 0 && pending.length > 0;
}

function databaseNewer(unknown: readonly string[]): DomainError {
  return new DomainError(
    'unavailable',
    'database-newer',
    {
      vi: 'Dữ liệu này đã được một bản Loa mới hơn nâng cấp. Bản Loa đang chạy không hiểu hết nên không mở. Hãy cài lại bản Loa mới; muốn dùng bản cũ thì khôi phục bản chép được tạo trước khi nâng cấp.',
      en: 'A newer version of Loa has changed these tables, so this version does not open them. Install the newer version again, or restore the copy that was made before the upgrade.',
    },
    { unknown },
  );
}

export function databaseOlder({ pending }: SchemaState): DomainError {
  return new DomainError(
    'unavailable',
    'database-older',
    {
      vi: 'Dữ liệu này của một bản Loa cũ hơn và chưa được nâng cấp. Hãy dừng máy chủ Loa đang chạy, rồi chạy: loa migrate (hoặc khởi động lại máy chủ bằng bản mới).',
      en: 'These tables are of an older version of Loa. Stop the server that runs, then run: loa migrate (or start the server with this version).',
    },
    { pending },
  );
}
