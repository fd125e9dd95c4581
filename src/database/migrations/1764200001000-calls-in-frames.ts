import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns: [table: string, column: string][] = [
  ['session_frame', 'opening_call boolean NOT NULL DEFAULT false'],
  ['session_frame', 'closing_call boolean NOT NULL DEFAULT false'],
  ['slot', 'station_call_id varchar(36)'],
  ['station_call', 'dropped_at bigint'],
];

/**
 * A bookend may play the station ident of its day; a slot says which ident it plays, and an ident when its file was
 * deleted.
 */
export class CallsInFrames1764200001000 implements MigrationInterface {
  name = 'CallsInFrames1764200001000';

  async up(runner: QueryRunner): Promise<void> {
    // Plain statements: the builder rebuilds SQLite's table, and dropping the old table drops its triggers.
    for (const [table, column] of columns) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column}`);
    await runner.query(
      `CREATE INDEX ix_slot_station_call_id ON slot (station_call_id) WHERE station_call_id IS NOT NULL`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Slots that play a station call would be silent; restore a backup instead.'));
  }
}
