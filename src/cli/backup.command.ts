import { join } from 'node:path';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { SystemClock } from '../shared/clock.js';
import { localDateOf, localTimeOf } from '../shared/local-time.js';
import { restoreBackup } from './backup/restore-backup.js';
import { writeBackup } from './backup/write-backup.js';
import { print, remark } from './output.js';

/** Prints the folder written. May run while the server runs: it reads one moment of the tables. */
export async function backupCommand(folder: string | undefined): Promise<void> {
  const config = new Config();
  const clock = new SystemClock();
  const now = clock.now();
  const stamp = `${localDateOf(now, config.timeZone)}-${localTimeOf(now, config.timeZone).replace(':', '')}`;
  const target = folder ?? join(config.dataDir, 'backup', stamp);
  const database = new Database(config);
  try {
    await database.open();
    const done = await writeBackup(database, config, now, target);
    remark(`Đã sao lưu ${done.rows} dòng và ${done.clips} bản thu.`);
    await print(`${target}\n`);
  } finally {
    await database.close();
  }
}

export async function restoreCommand(folder: string): Promise<void> {
  const config = new Config();
  const database = new Database(config);
  try {
    await database.open();
    const done = await restoreBackup(database, config, folder);
    remark(`Đã khôi phục ${done.rows} dòng và ${done.clips} bản thu.`);
  } finally {
    await database.close();
  }
}
