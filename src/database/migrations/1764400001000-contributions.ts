import type { MigrationInterface, QueryRunner } from 'typeorm';

interface ClipRow {
  id: string;
  engine: string | null;
  script_id: string;
  created_at: string | number;
}

interface Hand {
  kind: string;
  accountId: string;
  of: string;
}

/**
 * Rows store who submitted a version, withdrew a correction, changed a lexicon entry and ordered a clip. For earlier
 * rows the audit supplies this, as far as a decision can still depend on it.
 */
export class Contributions1764400001000 implements MigrationInterface {
  name = 'Contributions1764400001000';

  async up(runner: QueryRunner): Promise<void> {
    // Plain statements: the builder rebuilds SQLite's tables.
    for (const [table, column] of [
      ['script_version', 'submitted_by'],
      ['reading_decision', 'removed_by'],
      ['lexicon_entry', 'changed_by'],
    ])
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} varchar(36) REFERENCES account (id)`);
    await runner.query('ALTER TABLE clip ADD COLUMN contributions text');
    await this.fill(runner);
  }

  async fill(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE script_version SET submitted_by = ${lastActor('script_version', 'version.submitted')}
        WHERE state = 'submitted'`,
    );
    await runner.query(
      `UPDATE reading_decision SET removed_by = ${lastActor('reading_decision', 'reading.undecided')}
        WHERE removed_at IS NOT NULL`,
    );
    await runner.query(
      `UPDATE lexicon_entry SET changed_by = COALESCE(${lastActor('lexicon_entry', 'lexicon.%')}, added_by)`,
    );
    await this.clips(runner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Who did what is not forgotten; restore a backup instead.'));
  }

  private async clips(runner: QueryRunner): Promise<void> {
    const clips: ClipRow[] = await runner.query(
      `SELECT clip.id, clip.engine, version.script_id, clip.created_at
         FROM clip JOIN script_version version ON version.id = clip.script_version_id
        WHERE version.state IN ('draft', 'submitted')`,
    );
    for (const { id, engine, script_id, created_at } of clips) {
      const at = Number(created_at);
      const asked: { actor_id: string; action: string }[] = await runner.query(
        `SELECT DISTINCT actor_id, action FROM audit
          WHERE entity = 'clip' AND entity_id = '${id}' AND actor_id IS NOT NULL
            AND action IN ('clip.requested', 'clip.retried', 'clip.chosen')`,
      );
      // A correction that was withdrawn after it was read aloud can still be heard.
      const heard: { id: string; decided_by: string }[] = await runner.query(
        `SELECT id, decided_by FROM reading_decision
          WHERE script_id = '${script_id}' AND decided_by IS NOT NULL AND decided_at <= ${at} AND removed_at >= ${at}`,
      );
      const made = asked.map(({ actor_id: accountId, action }): Hand => {
        return { kind: engine === 'upload' && action !== 'clip.retried' ? 'recording' : 'clip', accountId, of: id };
      });
      const read = heard.map((one): Hand => ({ kind: 'reading', accountId: one.decided_by, of: one.id }));
      // Loa makes these ids: none contains a quote.
      const known = JSON.stringify([...read, ...made]);
      await runner.query(`UPDATE clip SET contributions = '${known}' WHERE id = '${id}'`);
    }
  }
}

function lastActor(table: string, action: string): string {
  return `(SELECT actor_id FROM audit
            WHERE entity = '${table}' AND entity_id = ${table}.id AND action LIKE '${action}'
              AND actor_id IN (SELECT id FROM account)
            ORDER BY seq DESC LIMIT 1)`;
}
