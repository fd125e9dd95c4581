import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/**
 * Until when evidence may still correct the outcome of a slot. Earlier decisions are final; the first reconciliation
 * gives slots that still waited their state.
 */
export class EvidenceUntil1764200004000 implements MigrationInterface {
  name = 'EvidenceUntil1764200004000';

  async up(runner: QueryRunner): Promise<void> {
    // As a statement: TypeORM would rebuild SQLite's table, and its triggers against overlaps would go with the old
    // one.
    await runner.query('ALTER TABLE slot ADD COLUMN evidence_until bigint');
    await runner.createIndex(
      'slot',
      new TableIndex({
        name: 'ix_slot_evidence_until',
        columnNames: ['evidence_until'],
        where: 'evidence_until IS NOT NULL',
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_slot_evidence_until');
    await runner.query('ALTER TABLE slot DROP COLUMN evidence_until');
  }
}
