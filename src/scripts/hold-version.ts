import type { EntityManager } from 'typeorm';
import { ScriptVersion } from './script-version.entity.js';

/**
 * Locks the version's row until the transaction ends. Approval decisions and changes to what is under approval take
 * this lock, so a decision applies to exactly what was read. SQLite serialises writers anyway.
 */
export async function holdVersion(tx: EntityManager, versionId: string): Promise<void> {
  if (tx.dataSource.options.type !== 'postgres') return;
  await tx.findOne(ScriptVersion, { where: { id: versionId }, lock: { mode: 'pessimistic_write' } });
}
