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
/** The key until what stood before it is sealed. */
const NEW_KEY_FILE = 'audit.key.new';

/**
 * Says that this server wrote a row of the audit: HMAC-SHA-256 over the row's hash under `<dataDir>/keys/audit.key`. Whoever can
 * write rows can make a chain of right hashes, but no seal. Servers that share a database share this file; a backup takes it along.
 *
 * The key is `audit.key.new` until what stood in the database before it has been sealed once (`settle`). That it was done is
 * known from the disk alone, so that nobody who writes rows has it done again.
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

  /** Reads the key, and makes one where there is none. Throws `bad-audit-key` (503) when the file is no key. */
  open(): Promise<void> {
    return (this.opening ??= this.readOrMake());
  }

  /** For whoever only checks: false when there is no key. Throws as `open`. */
  async openExisting(): Promise<boolean> {
    const key = (await this.read(KEY_FILE)) ?? (await this.read(NEW_KEY_FILE));
    if (key) await this.open();
    return key !== undefined;
  }

  /** Whether what stood in the database before the key is sealed. */
  get isSettled(): boolean {
    return !this.isNew;
  }

  /** From now on nothing is sealed afterwards. Two servers that start together do the same. */
  async settle(): Promise<void> {
    if (!this.isNew) return;
    await rename(join(this.folder, NEW_KEY_FILE), join(this.folder, KEY_FILE)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    this.isNew = false;
  }

  /** What is in the database is sealed at the next start: a backup of before there were seals was put into it. */
  async unsettle(): Promise<void> {
    await rename(join(this.folder, KEY_FILE), join(this.folder, NEW_KEY_FILE)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Tells two keys apart and nothing else. */
  get fingerprint(): string {
    return this.over('fingerprint');
  }

  /** The seal of a row with this hash, in hex. */
  over(hash: string): string {
    if (!this.key) throw new Error('the key of the audit is read before anything is sealed');
    return createHmac('sha256', this.key).update(`loa audit row ${hash}`).digest('hex');
  }

  /** Whether this server wrote this row: its values are those of its hash, and its seal is ours. */
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
    // Another process may have settled it meanwhile.
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
