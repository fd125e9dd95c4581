import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { remark } from './output.js';

export async function migrateCommand(): Promise<void> {
  const database = new Database(new Config());
  await database.open();
  await database.close();
  remark('Cơ sở dữ liệu đã ở bản mới nhất.');
}
