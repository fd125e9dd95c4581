import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { flag } from '../schema/schema-builder.js';

/**
 * The owner must first change a password that another user chose. Existing passwords count as chosen by their owners.
 */
export class PasswordByAnother1764200007000 implements MigrationInterface {
  name = 'PasswordByAnother1764200007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('account', new TableColumn({ ...flag('password_by_another'), default: 'false' }));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Whose password it is, is not forgotten; restore a backup instead.'));
  }
}
