import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { type AuditAnchor, auditAnchor } from '../../people/audit/audit-anchor.js';
import { isOurAnchor, isOurs } from '../backup/signed-anchor.js';

/** A playlist as a station stores it. */
const storedPlaylist = z.object({ body: z.string(), signature: z.string().nullable() });
const playlist = z.object({ audit: auditAnchor });
const manifest = z.object({
  format: z.string().startsWith('loa-backup'),
  audit: z.object({ seq: z.int(), hash: z.string() }),
  auditSignature: z.string().optional(),
});

export interface NotedAnchor extends AuditAnchor {
  file: string;
  /** Null: it has no signature, or this installation has no key to verify it. */
  ours: boolean | null;
}

/**
 * The audit row that a file names: a playlist as downloaded or as a station stores it, a backup or its manifest. Throws
 * `no-anchor` (422).
 */
export async function readAnchor(file: string, keys: string): Promise<NotedAnchor> {
  const inside = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const value = parsed(await readFile(inside ? join(file, 'manifest.json') : file, 'utf8'));
  const backup = manifest.safeParse(value).data;
  if (backup) {
    const { seq: sequence, hash: head } = backup.audit;
    const ours = backup.auditSignature ? await isOurAnchor(keys, backup.audit, backup.auditSignature) : null;
    return { file, sequence, head, ours };
  }
  const sheet = storedPlaylist.safeParse(value).data;
  const content = playlist.safeParse(sheet ? parsed(sheet.body) : value).data;
  if (content) {
    const ours = sheet?.signature ? await isOurs(keys, Buffer.from(sheet.body), sheet.signature) : null;
    return { file, ...content.audit, ours };
  }
  const sentence = {
    vi: `${file} không nói sổ nhật ký đến dòng nào: cần danh sách phát (JSON) hoặc bản sao lưu của phiên bản này.`,
    en: `${file} tells of no row of the audit: a JSON playlist or a backup of this version is needed.`,
  };
  throw new DomainError('invalid', 'no-anchor', sentence, { file });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
