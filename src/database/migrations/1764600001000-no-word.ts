import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A slot without any report has this written with its state; until now a wait of a day (86,400,000 ms) encoded it. */
export class NoWord1764600001000 implements MigrationInterface {
  name = 'NoWord1764600001000';

  async up(runner: QueryRunner): Promise<void> {
    // As a statement: TypeORM would rebuild SQLite's table, and its triggers against overlaps would go with the old
    // one.
    await runner.query('ALTER TABLE slot ADD COLUMN no_word boolean NOT NULL DEFAULT FALSE');
    await runner.query(
      `UPDATE slot SET no_word = TRUE WHERE state = 'missed' AND evidence_until - ends_at >= 86400000`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE slot DROP COLUMN no_word');
  }
}
