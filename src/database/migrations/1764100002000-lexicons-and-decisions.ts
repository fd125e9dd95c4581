import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, optional, ref, text } from '../schema/schema-builder.js';

/**
 * Local pronunciation: lexicon entries, speech settings of units, and people's decisions about the reading of one
 * script.
 */
export class LexiconsAndDecisions1764100002000 implements MigrationInterface {
  name = 'LexiconsAndDecisions1764100002000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'lexicon_entry', {
      columns: [
        id(),
        optional(ref('unit_id')),
        text('written'),
        text('spoken'),
        text('match_case'),
        text('before'),
        text('after'),
        text('search'),
        optional(text('key')),
        instant('added_at'),
        optional(ref('added_by')),
        instant('changed_at'),
        optional(instant('removed_at')),
      ],
      references: { unit_id: 'unit', added_by: 'account' },
      unique: [['key']],
      indices: [['unit_id']],
    });
    await createTable(runner, 'speech_setting', {
      columns: [
        id(),
        text('owner'),
        optional(ref('unit_id')),
        text('reading'),
        optional(integer('rate')),
        optional(text('voices')),
        instant('changed_at'),
        optional(ref('changed_by')),
      ],
      references: { unit_id: 'unit', changed_by: 'account' },
      unique: [['owner']],
    });
    await createTable(runner, 'reading_decision', {
      columns: [
        id(),
        ref('script_id'),
        text('source'),
        text('spoken'),
        optional(text('anchor')),
        instant('decided_at'),
        optional(ref('decided_by')),
        optional(instant('removed_at')),
      ],
      references: { script_id: 'script', decided_by: 'account' },
      indices: [['script_id']],
    });
    await createTable(runner, 'speech_revision', { columns: [id(), integer('n')] });
    await runner.query("INSERT INTO speech_revision (id, n) VALUES ('reading', 1)");
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['speech_revision', 'reading_decision', 'speech_setting', 'lexicon_entry'])
      await runner.dropTable(table);
  }
}
