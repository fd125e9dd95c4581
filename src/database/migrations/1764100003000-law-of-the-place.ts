import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, integer, optional, ref, text } from '../schema/schema-builder.js';

/** Policies of unit kinds, holidays, overrides of one date, and day filters of a window. */
export class LawOfThePlace1764100003000 implements MigrationInterface {
  name = 'LawOfThePlace1764100003000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'policy', {
      columns: [
        id(),
        text('unit_kind'),
        text('effective_from'),
        text('name'),
        text('permitted'),
        text('quiet'),
        optional(text('weekdays')),
        optional(integer('sessions_per_day')),
        optional(integer('minutes_per_session')),
        text('holidays'),
        optional(text('source')),
        instant('created_at'),
        optional(ref('created_by')),
      ],
      references: { created_by: 'account' },
      unique: [['unit_kind', 'effective_from']],
    });
    await createTable(runner, 'holiday', {
      columns: [
        id(),
        text('date'),
        text('name'),
        text('kind'),
        flag('day_off'),
        flag('flag_day'),
        text('source'),
        optional(text('rule_key')),
        flag('active'),
        instant('created_at'),
      ],
      unique: [['rule_key']],
      indices: [['date']],
    });
    await createTable(runner, 'window_override', {
      columns: [
        id(),
        ref('window_id'),
        text('date'),
        text('kind'),
        optional(text('start')),
        optional(integer('minutes')),
        optional(text('title')),
        text('reason'),
        flag('active'),
        optional(ref('previous_id')),
        instant('created_at'),
        optional(ref('created_by')),
      ],
      references: { window_id: 'channel_window', previous_id: 'window_override', created_by: 'account' },
      indices: [['window_id', 'date']],
    });
    // Plain statements: TypeORM would rebuild the table of windows on SQLite, and slots reference it.
    for (const column of [
      'rrule text',
      'season_from text',
      'season_until text',
      `holidays text NOT NULL DEFAULT 'any'`,
    ]) {
      await runner.query(`ALTER TABLE channel_window ADD COLUMN ${column}`);
    }
    // A name may be used again after its window has been retired.
    await runner.query('DROP INDEX uq_channel_window_channel_id_name');
    await runner.query('CREATE UNIQUE INDEX uq_channel_window_name ON channel_window (channel_id, name) WHERE active');
    await runner.query('CREATE UNIQUE INDEX uq_window_override ON window_override (window_id, date) WHERE active');
    await runner.query('CREATE UNIQUE INDEX uq_holiday_date_name ON holiday (date, name) WHERE active');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Laws are not forgotten; restore a backup instead.'));
  }
}
