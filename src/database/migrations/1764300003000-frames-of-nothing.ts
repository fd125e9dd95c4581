import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A window may state that it has no opening or closing, and each part without a statement inherits the unit's setting.
 * Until now a window with its own setting had nothing where it stated nothing, so this migration writes that down.
 */
export class FramesOfNothing1764300003000 implements MigrationInterface {
  name = 'FramesOfNothing1764300003000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of ['opening', 'closing']) {
      // Plain statements: the builder rebuilds SQLite's table.
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
