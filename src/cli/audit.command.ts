import { join } from 'node:path';
import { SystemClock } from '../shared/clock.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { AuditLog } from '../people/audit/audit-log.service.js';
import { AuditSeal } from '../people/audit/audit-seal.js';
import { SlotAuthority } from '../playlists/authority/slot-authority.service.js';
import { readAnchor } from './audit/anchor-file.js';
import { type Forgery, forgedApprovals, forgedSlots } from './audit/forgeries.js';
import { lostAnchors } from './audit/lost-anchors.js';
import { print, printJson, remark } from './output.js';

interface VerifyOptions {
  json?: boolean;
  /** Earlier playlists and backups: the audit must still have the rows that they name. */
  anchor?: string[];
}

/**
 * Exits with 0 when every audit row is as this server wrote it and supports the approvals and the slots to come;
 * otherwise with 1 and a list of what does not match. May run beside the server.
 */
export async function auditVerifyCommand(options: VerifyOptions): Promise<void> {
  const config = new Config();
  const keys = join(config.dataDir, 'keys');
  const noted = await Promise.all((options.anchor ?? []).map((file) => readAnchor(file, keys)));
  const database = new Database(config);
  try {
    await database.open();
    const seals = new AuditSeal(config);
    const hasKey = await seals.openExisting();
    const auditLog = new AuditLog(database, hasKey ? seals : undefined);
    const { head, broken } = await auditLog.verify();
    const forged = await lostAnchors(database.read(), auditLog, noted);
    // Without the key, or before the start that seals older rows, forgeries cannot be detected.
    if (hasKey && seals.isSettled) forged.push(...(await askAll(database, auditLog, seals)));
    if (broken || forged.length > 0) process.exitCode = 1;
    if (options.json) {
      const brokenRow = broken && { seq: broken.seq, message: broken.sentence.vi, messageEn: broken.sentence.en };
      const ok = !broken && forged.length === 0;
      await printJson({
        ok,
        sealed: hasKey,
        rows: head.rows,
        lastGood: head,
        broken: brokenRow,
        forged: forged.map(asJson),
      });
      return;
    }
    if (!hasKey) remark('Không có khóa niêm sổ (keys/audit.key): chỉ kiểm tra được chuỗi mã băm.');
    for (const { sentence } of forged) await print(`${sentence.vi}\n${sentence.en}\n`);
    if (broken) await print(`Dòng hỏng đầu tiên: ${broken.seq}\n${broken.sentence.vi}\n${broken.sentence.en}\n`);
    else await print(`Sổ nguyên vẹn: ${head.rows} dòng, dòng cuối ${head.seq}, mã băm ${head.hash}\n`);
    if (!broken) remark('Đối chiếu với nơi khác: --anchor và một danh sách phát hoặc bản sao lưu từ trước.');
  } finally {
    await database.close();
  }
}

async function askAll(database: Database, auditLog: AuditLog, seals: AuditSeal): Promise<Forgery[]> {
  const em = database.read();
  const authority = new SlotAuthority(auditLog, seals);
  const approvals = await forgedApprovals(em, auditLog);
  return [...approvals, ...(await forgedSlots(em, authority, new SystemClock().now()))];
}

function asJson({ kind, id, sentence }: Forgery) {
  return { kind, id, message: sentence.vi, messageEn: sentence.en };
}
