import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, integer, optional, text } from '../schema/schema-builder.js';

/**
 * One row: the identity of the installation, which copy of it this is, whether it may act, and its keys and address.
 */
export class House1764500003000 implements MigrationInterface {
  name = 'House1764500003000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'house', {
      columns: [
        id(),
        instant('generation'),
        integer('starts'),
        text('start_mark'),
        instant('heard_generation'),
        optional(instant('passive_since')),
        optional(text('passive_reason')),
        optional(instant('backup_at')),
        optional(text('address')),
        flag('address_set'),
        text('keys'),
      ],
    });
    await runner.query(
      `INSERT INTO house (id, generation, starts, start_mark, heard_generation, address_set, keys) VALUES ('${randomUUID()}', 0, 0, '', 0, false, '{}')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('house');
  }
}
