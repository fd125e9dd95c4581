import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A window may say that nothing opens or closes it, and each part that it says nothing of follows the unit. Until now a window
 * with a setting of its own had nothing where it said nothing, so that is what it says from now on.
 */
export class FramesOfNothing1764300003000 implements MigrationInterface {
  name = 'FramesOfNothing1764300003000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of ['opening', 'closing']) {
      // Plain statements: the builder makes SQLite's table anew.
      await runner.query(`ALTER TABLE session_frame ADD COLUMN ${part}_none boolean NOT NULL DEFAULT false`);
      await runner.query(
        `UPDATE session_frame SET ${part}_none = true
          WHERE window_id IS NOT NULL AND ${part}_clip_id IS NULL AND ${part}_call = false`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(
      new Error('Sessions that are to begin without a word would begin with one; restore a backup.'),
    );
  }
}
