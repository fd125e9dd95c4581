import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, ref, text } from '../schema/schema-builder.js';

/** The secret address by which a person's own calendar program follows a channel. */
export class CalendarAddresses1764200004100 implements MigrationInterface {
  name = 'CalendarAddresses1764200004100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'calendar_address', {
      columns: [
        id(),
        ref('channel_id'),
        ref('account_id'),
        text('token_hash'),
        text('token_hint'),
        instant('created_at'),
      ],
      references: { channel_id: 'channel', account_id: 'account' },
      unique: [['token_hash'], ['account_id', 'channel_id']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('calendar_address');
  }
}
