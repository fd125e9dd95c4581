import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns: [table: string, column: string][] = [
  ['session_frame', 'opening_call boolean NOT NULL DEFAULT false'],
  ['session_frame', 'closing_call boolean NOT NULL DEFAULT false'],
  ['slot', 'station_call_id varchar(36)'],
  ['station_call', 'dropped_at bigint'],
];

/** A frame may be the station call of its day; a slot says which one it plays, and a call when its file was let go. */
export class CallsInFrames1764200001000 implements MigrationInterface {
  name = 'CallsInFrames1764200001000';

  async up(runner: QueryRunner): Promise<void> {
    // Plain statements: the builder makes SQLite's table anew, and a table that goes takes its triggers along.
    for (const [table, column] of columns) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column}`);
    await runner.query(
      `CREATE INDEX ix_slot_station_call_id ON slot (station_call_id) WHERE station_call_id IS NOT NULL`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Slots that play a station call would be silent; restore a backup instead.'));
  }
}
