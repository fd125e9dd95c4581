import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

interface PolicyRow {
  id: string;
  place_id: string | null;
}

/**
 * Pauses and retirements of channels, and the place that a policy governs. A policy was the law of the whole
 * installation until now: it becomes the law of each unit at the top of the tree, so that a city added later does not
 * start under it.
 */
export class ChannelClosures1764700004000 implements MigrationInterface {
  name = 'ChannelClosures1764700004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE channel ADD COLUMN closures text NOT NULL DEFAULT '[]'`);
    await runner.query('ALTER TABLE policy ADD COLUMN place_id varchar(36)');
    await runner.query('DROP INDEX uq_policy_unit_kind_effective_from');
    const tops = (await runner.query(`SELECT id FROM unit WHERE parent_id IS NULL ORDER BY id`)) as { id: string }[];
    const policies = (await runner.query('SELECT * FROM policy')) as PolicyRow[];
    const [first, ...others] = tops;
    if (first) await runner.query(`UPDATE policy SET place_id = '${first.id}'`);
    for (const { id } of others) {
      for (const policy of policies) await copy(runner, { ...policy, id: randomUUID(), place_id: id });
    }
    await runner.query('CREATE UNIQUE INDEX uq_policy_place_kind_from ON policy (place_id, unit_kind, effective_from)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Laws are not forgotten; restore a backup instead.'));
  }
}

async function copy(runner: QueryRunner, row: PolicyRow): Promise<void> {
  const columns = Object.keys(row);
  const isPostgres = runner.connection.options.type === 'postgres';
  const marks = columns.map((_, index) => (isPostgres ? `$${index + 1}` : '?'));
  await runner.query(`INSERT INTO policy (${columns.join(', ')}) VALUES (${marks.join(', ')})`, Object.values(row));
}
