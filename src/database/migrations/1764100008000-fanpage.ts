import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, integer, optional, ref, text } from '../schema/schema-builder.js';

/** The switch that pauses posting, the heartbeat of the poster, images of manual posts, and who published a post. */
export class Fanpage1764100008000 implements MigrationInterface {
  name = 'Fanpage1764100008000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'post_pause', {
      columns: [
        id(),
        ref('channel_id'),
        flag('paused'),
        optional(text('reason')),
        instant('changed_at'),
        optional(ref('changed_by')),
      ],
      references: { channel_id: 'channel', changed_by: 'account' },
      unique: [['channel_id']],
    });
    await createTable(runner, 'post_image', {
      columns: [
        id(),
        ref('post_id'),
        text('kind'),
        integer('width'),
        integer('height'),
        integer('bytes'),
        text('alt'),
        text('data'),
        instant('added_at'),
        optional(ref('added_by')),
      ],
      references: { post_id: 'post', added_by: 'account' },
      unique: [['post_id']],
    });
    await createTable(runner, 'worker_beat', {
      columns: [id(), text('name'), text('worker'), instant('at')],
      unique: [['name']],
    });
    // Plain SQL, the same in both databases: the builder would rebuild SQLite's table and all tables that reference it.
    await runner.query('ALTER TABLE "post" ADD COLUMN "published_by" varchar(36) REFERENCES "account" ("id")');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What people decided is not taken away; restore a backup instead.'));
  }
}
