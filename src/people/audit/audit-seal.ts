import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { auditFacts, auditHash, type AuditRow } from '../../database/schema/audit-hash.js';
import { makeOnce } from '../../database/house-keys.js';
import { DomainError } from '../../shared/domain-error.js';
import { sameDigest } from '../../shared/ids.js';

const KEY_BYTES = 32;
const KEY_FILE = 'audit.key';
/** Name of the key until the older rows are sealed. */
const NEW_KEY_FILE = 'audit.key.new';

/**
 * Proves that this server wrote an audit row: HMAC-SHA-256 over the row's hash under `<dataDir>/keys/audit.key`. An
 * attacker who can write rows can build a chain of right hashes, but no seal. Servers that share a database share this
 * file; a backup includes it.
 *
 * The key is named `audit.key.new` until the rows from before the key have been sealed once (`settle`). Only the disk
 * records that this was done, so that an attacker who writes rows cannot have it repeated.
 */
@Injectable()
export class AuditSeal implements OnModuleInit {
  private key?: Buffer;
  private opening?: Promise<void>;
  private isNew = false;
  private readonly folder: string;

  constructor(config: Config) {
    this.folder = join(config.dataDir, 'keys');
  }

  async onModuleInit(): Promise<void> {
    await this.open();
  }

  /** Reads the key; creates one when there is none. Throws `bad-audit-key` (503) when the file is no key. */
  open(): Promise<void> {
    return (this.opening ??= this.readOrMake());
  }

  /** For processes that only check: false when there is no key. Throws as `open`. */
  async openExisting(): Promise<boolean> {
    const key = (await this.read(KEY_FILE)) ?? (await this.read(NEW_KEY_FILE));
    if (key) await this.open();
    return key !== undefined;
  }

  /** Whether the rows from before the key are sealed. */
  get isSettled(): boolean {
    return !this.isNew;
  }

  /** From now on no older row can be sealed. Two servers that start together reach the same result. */
  async settle(): Promise<void> {
    if (!this.isNew) return;
    await rename(join(this.folder, NEW_KEY_FILE), join(this.folder, KEY_FILE)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    this.isNew = false;
  }

  /** Seals the database at the next start: for a restored backup from before seals existed. */
  async unsettle(): Promise<void> {
    await rename(join(this.folder, KEY_FILE), join(this.folder, NEW_KEY_FILE)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Distinguishes two keys and reveals nothing else. */
  get fingerprint(): string {
    return this.over('fingerprint');
  }

  /** The seal of a row with this hash, in hex. */
  over(hash: string): string {
    if (!this.key) throw new Error('the key of the audit is read before anything is sealed');
    return createHmac('sha256', this.key).update(`loa audit row ${hash}`).digest('hex');
  }

  /** Whether this server wrote this row: its values match its hash, and its seal is valid. */
  holds(row: AuditRow): boolean {
    const { prev_hash: previous, hash, seal } = row;
    if (typeof previous !== 'string' || typeof hash !== 'string' || typeof seal !== 'string') return false;
    return sameDigest(this.over(hash), seal) && auditHash(previous, auditFacts(row)) === hash;
  }

  private async readOrMake(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    this.key = await this.read(KEY_FILE);
    if (this.key) return;
    const made = randomBytes(KEY_BYTES).toString('hex');
    const file = join(this.folder, NEW_KEY_FILE);
    await makeOnce(file, made);
    this.key = await this.read(NEW_KEY_FILE);
    this.isNew = this.key !== undefined;
    // Another process may have settled the key in the meantime.
    this.key ??= await this.read(KEY_FILE);
  }

  private async read(name: string): Promise<Buffer | undefined> {
    const file = join(this.folder, name);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    const key = Buffer.from(text.trim(), 'hex');
    if (key.length === KEY_BYTES) return key;
    const sentence = {
      vi: `Không đọc được khóa ${file}. Hãy khôi phục tệp này từ bản sao lưu.`,
      en: `Cannot read the key ${file}. Restore it from a backup.`,
    };
    throw new DomainError('unavailable', 'bad-audit-key', sentence, { file });
  }
}
