import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, optional, ref, text } from '../schema/schema-builder.js';

/** TOTP codes of a phone, recovery codes, and sessions that can be listed and store when a code was last given. */
export class SecondFactor1764100006001 implements MigrationInterface {
  name = 'SecondFactor1764100006001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'second_factor', {
      columns: [
        id(),
        ref('account_id'),
        optional(text('secret')),
        optional(text('pending_secret')),
        instant('last_step'),
        optional(instant('enrolled_at')),
      ],
      references: { account_id: 'account' },
      unique: [['account_id']],
    });
    await createTable(runner, 'recovery_code', {
      columns: [id(), ref('account_id'), text('code_hash'), optional(instant('used_at'))],
      references: { account_id: 'account' },
      unique: [['account_id', 'code_hash']],
    });
    // Sessions are short-lived: every user signs in once more, and every session then has all its columns.
    await runner.query('DELETE FROM session');
    await runner.query('ALTER TABLE session ADD COLUMN id varchar(36)');
    await runner.query('ALTER TABLE session ADD COLUMN code_at bigint');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Second factors are not taken away; restore a backup instead.'));
  }
}
