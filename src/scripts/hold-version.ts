import type { EntityManager } from 'typeorm';
import { ScriptVersion } from './script-version.entity.js';

/**
 * Whoever decides on a version and whoever changes what there is to decide on stand in line here until their transactions
 * end, so that what is read afterwards is what the decision is about. SQLite lets one writer in at a time anyway.
 */
export async function holdVersion(tx: EntityManager, versionId: string): Promise<void> {
  if (tx.dataSource.options.type !== 'postgres') return;
  await tx.findOne(ScriptVersion, { where: { id: versionId }, lock: { mode: 'pessimistic_write' } });
}
