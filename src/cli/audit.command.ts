import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { AuditBook } from '../people/audit-book.service.js';
import { print, printJson, remark } from './output.js';

/** Exit 0 when every row of the audit is as it was written, 1 with the first that is not. May run beside the server. */
export async function auditVerifyCommand(options: { json?: boolean }): Promise<void> {
  const database = new Database(new Config());
  try {
    await database.open();
    const { head, broken } = await new AuditBook(database).verify();
    if (broken) process.exitCode = 1;
    if (options.json) {
      const told = broken && { seq: broken.seq, message: broken.sentence.vi, messageEn: broken.sentence.en };
      await printJson({ ok: !broken, rows: head.rows, lastGood: head, broken: told });
    } else if (broken) {
      await print(`Dòng hỏng đầu tiên: ${broken.seq}\n${broken.sentence.vi}\n${broken.sentence.en}\n`);
    } else {
      await print(`Sổ nguyên vẹn: ${head.rows} dòng, dòng cuối ${head.seq}, mã băm ${head.hash}\n`);
      remark('Ghi mã băm này ra nơi khác, lần sau so lại: người sửa được cả sổ cũng không sửa được tờ giấy đó.');
    }
  } finally {
    await database.close();
  }
}
