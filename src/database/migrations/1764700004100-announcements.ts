import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Announcements beside letters, letters of other places, and letters that were withdrawn. */
export class Announcements1764700004100 implements MigrationInterface {
  name = 'Announcements1764700004100';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of [
      `kind text NOT NULL DEFAULT 'letter'`,
      'elsewhere boolean NOT NULL DEFAULT false',
      'withdrawn_at bigint',
      'withdrawn_by varchar(36)',
      'withdraw_reason text',
    ])
      await runner.query(`ALTER TABLE directive ADD COLUMN ${column}`);
    // An obligation may be corrected to the channel kind of another one of its point.
    await runner.query('DROP INDEX uq_obligation_directive_id_assignment_channel_kind');
    await runner.query('CREATE INDEX ix_obligation_directive ON obligation (directive_id, assignment, channel_kind)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Announcements are not letters; restore a backup instead.'));
  }
}
