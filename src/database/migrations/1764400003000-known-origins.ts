import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, optional, real, ref, text } from '../schema/schema-builder.js';

/**
 * Failed sign-in attempts are counted by origin, and the counts decay. Earlier counts are dropped: the oldest is a day
 * old, and a blocked account is open again.
 */
export class KnownOrigins1764400003000 implements MigrationInterface {
  name = 'KnownOrigins1764400003000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'known_origin', {
      columns: [id(), ref('account_id'), text('mark'), instant('seen_at'), optional(instant('code_at'))],
      references: { account_id: 'account' },
      unique: [['account_id', 'mark']],
      indices: [['mark']],
    });
    await runner.dropTable('sign_in_throttle');
    await createTable(runner, 'guess_count', {
      columns: [{ name: 'key', type: 'varchar', length: '200', isPrimary: true }, real('level'), instant('counted_at')],
      indices: [['counted_at']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('guess_count');
    await createTable(runner, 'sign_in_throttle', {
      columns: [
        { name: 'key', type: 'varchar', length: '200', isPrimary: true },
        integer('failures'),
        instant('last_at'),
        instant('blocked_until'),
      ],
    });
    await runner.dropTable('known_origin');
  }
}
