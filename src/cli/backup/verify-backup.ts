import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditFacts, type AuditRow } from '../../database/schema/audit-hash.js';
import { AuditChain } from '../../people/audit/audit-chain.js';
import { DomainError } from '../../shared/domain-error.js';
import { type Manifest, readManifestText } from './backup-format.js';
import { hashFile } from './file-copy.js';
import { readTableFile, type Row } from './table-file.js';

export interface Verified {
  manifest: Manifest;
  rows: number;
  /** Listed clips, and below keys, that are missing or damaged. */
  clips: { sha256: string; problem: 'missing' | 'spoiled' }[];
  keys: string[];
  /** Names the first audit row that differs from what was written; null without one. */
  audit: string | null;
}

/**
 * Reads a whole backup: parses each row, compares every count and hash, walks the chain of the audit to its end. Throws
 * `bad-backup` (422) for the manifest and the tables; with `strictly`, also for clips and keys.
 */
export async function verifyBackup(folder: string, how: 'strictly' | 'listing' = 'listing'): Promise<Verified> {
  const manifest = await readManifest(folder);
  const read: Verified = { manifest, rows: 0, clips: [], keys: [], audit: null };
  for (const [table, written] of Object.entries(manifest.tables)) {
    const walk = table === 'audit' ? new AuditWalk() : undefined;
    const facts = await readTable(folder, table, (rows) => walk?.take(rows));
    const whole = facts.rows === written.rows && facts.sha256 === written.sha256;
    if (!whole) throw badBackup(tableFile(table));
    read.rows += facts.rows;
    if (walk) read.audit = walk.end(manifest);
  }
  for (const { sha256 } of manifest.clips) {
    const facts = await hashFile(clipIn(folder, sha256)).catch(() => undefined);
    if (facts?.sha256 !== sha256) read.clips.push({ sha256, problem: facts ? 'spoiled' : 'missing' });
  }
  // The first format lists no keys: all key files present count.
  if (!manifest.audit) manifest.keys = await keysThere(folder);
  for (const { name, sha256 } of manifest.keys) {
    const facts = await hashFile(join(folder, 'keys', name)).catch(() => undefined);
    if (facts?.sha256 !== sha256) read.keys.push(name);
  }
  const [clip] = read.clips;
  const [key] = read.keys;
  if (how === 'strictly' && clip) throw badBackup(`clips/${clip.sha256}.mp3`);
  if (how === 'strictly' && key) throw badBackup(`keys/${key}`);
  return read;
}

export const tableFile = (table: string): string => `tables/${table}.ndjson`;
export const clipIn = (folder: string, sha256: string): string => join(folder, 'clips', `${sha256}.mp3`);

/** Passes the rows of one table on in batches and returns the facts of the file. */
export async function readTable(
  folder: string,
  table: string,
  take: (rows: Row[]) => void | Promise<void>,
): Promise<{ rows: number; sha256: string }> {
  const batches = readTableFile(join(folder, tableFile(table)));
  for (;;) {
    const next = await batches.next().catch((cause: unknown) => {
      throw badBackup(tableFile(table), cause);
    });
    if (next.done) return next.value;
    await take(next.value);
  }
}

/**
 * Verifies the chain of the audit. Rows from before the chain have no hashes: they get them at the restore and cannot
 * be verified.
 */
class AuditWalk {
  private readonly walk = new AuditChain();
  private chained = true;
  private broken: string | null = null;

  take(rows: readonly Row[]): void {
    this.chained &&= rows.every((row) => 'hash' in row);
    if (!this.chained || this.broken !== null) return;
    const text = (value: Row[string] | undefined) => (typeof value === 'string' ? value : null);
    const chain = rows.map((row) => {
      return { ...auditFacts(row as AuditRow), prevHash: text(row['prev_hash']), hash: text(row['hash']) };
    });
    this.broken = this.walk.take(chain)?.sentence.vi ?? null;
  }

  end({ audit }: Manifest): string | null {
    return this.broken ?? (audit && this.chained ? (this.walk.end(audit)?.sentence.vi ?? null) : null);
  }
}

async function keysThere(folder: string): Promise<Manifest['keys']> {
  const names = await readdir(join(folder, 'keys')).catch(() => []);
  return Promise.all(
    names.map(async (name) => ({ name, sha256: (await hashFile(join(folder, 'keys', name))).sha256 })),
  );
}

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return readManifestText(await readFile(join(folder, 'manifest.json'), 'utf8'));
  } catch (cause) {
    throw badBackup('manifest.json', cause);
  }
}

export function badBackup(part: string, cause?: unknown): DomainError {
  const sentence = { vi: `Bản sao lưu hỏng hoặc thiếu: ${part}.`, en: `The backup is broken or incomplete: ${part}.` };
  return new DomainError('invalid', 'bad-backup', sentence, { part }, { cause });
}
