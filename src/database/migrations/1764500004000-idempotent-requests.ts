import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, instant, optional, text } from '../schema/schema-builder.js';

/** Stored answers to requests that may be sent again. */
export class IdempotentRequests1764500004000 implements MigrationInterface {
  name = 'IdempotentRequests1764500004000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'idempotent_request', {
      columns: [
        { name: 'id', type: 'varchar', length: '64', isPrimary: true },
        text('fingerprint'),
        optional(text('answer')),
        instant('created_at'),
      ],
      indices: [['created_at']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotent_request');
  }
}
