import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditColumns, auditFacts, auditHash, type AuditRow, CHAIN_START } from '../schema/audit-hash.js';
import { createTable, integer, text } from '../schema/schema-builder.js';

const PAGE = 1000;

/**
 * Every audit row is chained to the previous one; existing rows are chained unchanged, and from then on no row can be
 * changed.
 */
export class AuditChain1764100006000 implements MigrationInterface {
  name = 'AuditChain1764100006000';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of ['prev_hash', 'hash']) await runner.query(`ALTER TABLE audit ADD COLUMN ${column} text`);
    await createTable(runner, 'audit_head', {
      columns: [{ name: 'id', type: 'integer', isPrimary: true }, integer('seq'), text('hash'), integer('row_count')],
    });
    const head = await chainAll(runner);
    await runner.query(
      `INSERT INTO audit_head (id, seq, hash, row_count) VALUES (1, ${head.seq}, '${head.hash}', ${head.rows})`,
    );
    if (runner.connection.options.type === 'postgres') await refuseOnPostgres(runner);
    else await refuseOnSqlite(runner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The chain of the audit is not taken away; restore a backup instead.'));
  }
}

async function chainAll(runner: QueryRunner): Promise<{ seq: number; hash: string; rows: number }> {
  let [seq, hash, rows] = [0, CHAIN_START, 0];
  for (;;) {
    const page = (await runner.query(
      `SELECT ${auditColumns} FROM audit WHERE seq > ${seq} ORDER BY seq LIMIT ${PAGE}`,
    )) as AuditRow[];
    for (const row of page) {
      const facts = auditFacts(row);
      const previous = hash;
      hash = auditHash(previous, facts);
      seq = facts.seq;
      rows++;
      await runner.query(`UPDATE audit SET prev_hash = '${previous}', hash = '${hash}' WHERE seq = ${seq}`);
    }
    if (page.length < PAGE) return { seq, hash, rows };
  }
}

async function refuseOnSqlite(runner: QueryRunner): Promise<void> {
  for (const act of ['update', 'delete']) {
    await runner.query(
      `CREATE TRIGGER audit_no_${act} BEFORE ${act.toUpperCase()} ON audit BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END`,
    );
  }
}

async function refuseOnPostgres(runner: QueryRunner): Promise<void> {
  await runner.query(
    `CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit_append_only'; END $$`,
  );
  await runner.query(
    'CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_append_only()',
  );
  await runner.query(
    'CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()',
  );
}
