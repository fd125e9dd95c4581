import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { createTable, id, instant, optional, ref, text } from '../schema/schema-builder.js';

/**
 * Enrolling a phone needs a code that another user issued, and an administrator's solitary action waits for a second
 * person.
 */
export class SecondPerson1764400002000 implements MigrationInterface {
  name = 'SecondPerson1764400002000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'enrolment_code', {
      columns: [id(), ref('account_id'), text('code_hash'), instant('expires_at')],
      references: { account_id: 'account' },
      unique: [['account_id']],
    });
    await createTable(runner, 'waiting_period', {
      columns: [
        id(),
        ref('account_id'),
        text('cause'),
        ref('caused_by'),
        instant('began_at'),
        instant('until'),
        optional(instant('stopped_at')),
        optional(ref('stopped_by')),
        optional(instant('confirmed_at')),
        optional(ref('confirmed_by')),
      ],
      references: { account_id: 'account', caused_by: 'account', stopped_by: 'account', confirmed_by: 'account' },
      indices: [['account_id']],
    });
    await runner.addColumn('second_factor', new TableColumn(optional(ref('pending_session'))));
    // Enrolments that were started with a password alone must be started again.
    await runner.query('DELETE FROM second_factor WHERE secret IS NULL');
    await runner.query('UPDATE second_factor SET pending_secret = NULL');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What waits for a second person is not forgotten; restore a backup instead.'));
  }
}
