import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, optional, real, ref, text } from '../schema/schema-builder.js';

const columns = ['form text', 'plan_ms integer', 'longest_silence double precision'];

/**
 * How a clip was requested and further measurements of it; the opening and closing idents of stations, one clip a day.
 */
export class ClipFormsAndStationCalls1764100001000 implements MigrationInterface {
  name = 'ClipFormsAndStationCalls1764100001000';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of columns) await runner.query(`ALTER TABLE clip ADD COLUMN ${column}`);
    await createTable(runner, 'station_call', {
      columns: [
        id(),
        ref('unit_id'),
        text('date'),
        text('part'),
        text('profile'),
        text('spoken'),
        text('inputs_hash'),
        text('voices'),
        text('state'),
        optional(text('sha256')),
        optional(integer('bytes')),
        optional(integer('duration_ms')),
        optional(real('integrated_lufs')),
        optional(real('true_peak_dbtp')),
        optional(text('engine')),
        optional(text('peaks')),
        optional(text('reason')),
        instant('created_at'),
        optional(instant('ready_at')),
      ],
      references: { unit_id: 'unit' },
      unique: [['unit_id', 'date', 'part', 'profile', 'inputs_hash']],
      indices: [['sha256']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('station_call');
    for (const column of columns) await runner.query(`ALTER TABLE clip DROP COLUMN ${column.split(' ')[0]}`);
  }
}
