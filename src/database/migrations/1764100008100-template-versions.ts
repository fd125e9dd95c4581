import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, optional, ref, text } from '../schema/schema-builder.js';

/** Templates as edited on screen; a template without a row is unchanged from scripts-content/. */
export class TemplateVersions1764100008100 implements MigrationInterface {
  name = 'TemplateVersions1764100008100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'template_version', {
      columns: [
        id(),
        text('code'),
        integer('n'),
        text('source'),
        text('note'),
        instant('created_at'),
        optional(ref('created_by')),
      ],
      references: { created_by: 'account' },
      unique: [['code', 'n']],
    });
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What people wrote is not taken away; restore a backup instead.'));
  }
}
