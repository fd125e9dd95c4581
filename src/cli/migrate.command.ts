import { Config } from '../config/config.js';
import { refuseLostDatabase } from '../database/engines/lost-database.js';
import { type Upgraded, upgradeTables } from '../database/engines/upgrade-tables.js';
import { remark } from './output.js';

/** Throws `database-in-use` (409) while a server runs, and whatever else `upgradeTables` throws. */
export async function migrateCommand({ withoutCopy = false }: { withoutCopy?: boolean }): Promise<void> {
  const config = new Config();
  await refuseLostDatabase(config);
  await sayUpgraded(upgradeTables(config, { copy: !withoutCopy }));
  remark('Cơ sở dữ liệu đã ở bản mới nhất.');
}

export async function sayUpgraded(upgrading: Promise<Upgraded>): Promise<void> {
  const { copy, applied } = await upgrading;
  if (copy === null) return;
  remark(`Đã nâng cấp dữ liệu (${applied.length} bước). Bản chép trước khi nâng cấp: ${copy}`);
}
