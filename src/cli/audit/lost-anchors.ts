import type { EntityManager } from 'typeorm';
import { showDate } from '../../shared/local-time.js';
import type { AuditAnchor } from '../../people/audit/audit-anchor.js';
import type { AuditLog } from '../../people/audit/audit-log.service.js';
import { Playlist } from '../../playlists/playlist.entity.js';
import type { NotedAnchor } from './anchor-file.js';
import type { Forgery } from './forgeries.js';

/** Audit rows that were noted in anchor files or in stored playlists and that the audit no longer has. */
export async function lostAnchors(
  em: EntityManager,
  auditLog: AuditLog,
  noted: readonly NotedAnchor[],
): Promise<Forgery[]> {
  const found: Forgery[] = [];
  for (const { file, ours, ...anchor } of noted) {
    if (ours === false) found.push(strangeAnchor(file));
    else if (!(await auditLog.holds(em, anchor))) found.push(lostAnchor(file, anchor));
  }
  const days = await em
    .createQueryBuilder(Playlist, 'p')
    .select(['p.id', 'p.date', 'p.auditSeq', 'p.auditHash'])
    .leftJoin('audit', 'a', 'a.seq = p.audit_seq AND a.hash = p.audit_hash')
    .where('p.audit_seq > 0 AND a.seq IS NULL')
    .orderBy('p.audit_seq', 'DESC')
    .take(1)
    .getMany();
  for (const { id, date, auditSeq, auditHash } of days) {
    const name = `danh sách phát ngày ${showDate(date)} (${id})`;
    found.push(lostAnchor(name, { sequence: auditSeq ?? 0, head: auditHash ?? '' }));
  }
  return found;
}

function lostAnchor(id: string, { sequence, head }: AuditAnchor): Forgery {
  return {
    kind: 'anchor',
    id,
    sentence: {
      vi: `Sổ không còn dòng ${sequence} (mã băm ${head.slice(0, 12)}…) mà ${id} đã ghi lại: phần cuối sổ bị cắt hoặc viết lại.`,
      en: `The audit has no row ${sequence} (hash ${head.slice(0, 12)}…) any more, which ${id} noted: its end was cut or written anew.`,
    },
  };
}

function strangeAnchor(id: string): Forgery {
  return {
    kind: 'anchor',
    id,
    sentence: {
      vi: `Chữ ký trong ${id} không phải của máy chủ này.`,
      en: `The signature in ${id} is not of this server.`,
    },
  };
}
