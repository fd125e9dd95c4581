import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { SystemClock } from '../shared/clock.js';
import { localDateOf, localTimeOf } from '../shared/local-time.js';
import type { MissingClip } from './backup/backup-format.js';
import { restoreBackup } from './backup/restore-backup.js';
import { writeBackup } from './backup/write-backup.js';
import { print, remark } from './output.js';

/**
 * Prints the folder written. May run while the server runs: it reads one snapshot of the tables. Exits with 1 when it
 * reports something missing; the rest is saved and can be restored.
 */
export async function backupCommand(folder: string | undefined): Promise<void> {
  const config = new Config();
  const clock = new SystemClock();
  const now = clock.now();
  const stamp = `${localDateOf(now, config.timeZone)}-${localTimeOf(now, config.timeZone).replace(':', '')}`;
  const target = folder ?? join(config.backupDir, stamp);
  const database = new Database(config);
  try {
    await database.open();
    const done = await writeBackup(database, config, now, target);
    remark(`Đã sao lưu ${done.rows} dòng và ${done.clips} bản thu, đã đọc lại toàn bộ: khôi phục được.`);
    reportMissingClips(done.lacking, 'không sao lưu được');
    reportAudit(done.audit);
    await warnOfSameDisk(config, target);
    await print(`${target}\n`);
  } finally {
    await database.close();
  }
}

/** Exits with 1 when it reports something missing; the rest is in place. */
export async function restoreCommand(folder: string): Promise<void> {
  const config = new Config();
  const database = new Database(config);
  try {
    await database.open('to-restore');
    const done = await restoreBackup(database, config, folder);
    remark(`Đã khôi phục ${done.rows} dòng và ${done.clips} bản thu.`);
    remark(
      'Bản này chưa hoạt động: khởi động rồi xem và kích hoạt bằng lệnh loa activate. Nếu bản cũ còn chạy, hãy dừng nó trước.',
    );
    reportMissingClips(done.lacking, 'không có trong bản sao lưu');
    for (const name of done.keys) {
      remark(`Khóa ${name} trong bản sao lưu bị hỏng, không khôi phục. Hãy lấy tệp này từ một bản sao lưu khác.`);
      process.exitCode = 1;
    }
    reportAudit(done.audit);
  } finally {
    await database.close();
  }
}

function reportMissingClips(clips: readonly MissingClip[], what: string): void {
  if (clips.length === 0) return;
  process.exitCode = 1;
  remark(`${clips.length} bản thu ${what}:`);
  for (const { sha256, problem, names } of clips) {
    const why = problem === 'missing' ? 'thiếu tệp' : 'tệp bị hỏng';
    remark(`  ${names.join('; ') || 'bản thu không còn tên'} (${why}, ${sha256})`);
  }
}

function reportAudit(sentence: string | null): void {
  if (sentence === null) return;
  process.exitCode = 1;
  remark(`Sổ nhật ký thao tác không còn nguyên vẹn: ${sentence}`);
}

/** A failing disk would destroy both the data and the backup. */
async function warnOfSameDisk(config: Config, folder: string): Promise<void> {
  const sqlite = config.databaseUrl.startsWith('sqlite:');
  const rows = sqlite ? dirname(config.databaseUrl.slice('sqlite:'.length)) : config.dataDir;
  const [here, there] = await Promise.all([rows, folder].map((path) => stat(path).catch(() => undefined)));
  if (!here || here.dev !== there?.dev) return;
  remark(
    `Cảnh báo: bản sao lưu nằm cùng ổ đĩa với dữ liệu (${rows}); hỏng ổ đĩa là mất cả hai. Đặt LOA_BACKUP_DIR sang ổ đĩa khác, hoặc chép thư mục này ra nơi khác.`,
  );
}
