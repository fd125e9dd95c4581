import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/config.js';
import { DomainError } from '../shared/domain-error.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals secrets that the server must be able to read again, so that a stolen database alone gives none of them: AES-256-GCM
 * under `<dataDir>/keys/secrets.key`, made at the first start and readable by the server's user only. Servers that share a
 * database must share this file too; a backup takes it along.
 */
@Injectable()
export class SecretBox implements OnModuleInit {
  private key?: Buffer;
  private readonly folder: string;
  private readonly file: string;

  constructor(config: Config) {
    this.folder = join(config.dataDir, 'keys');
    this.file = join(this.folder, 'secrets.key');
  }

  /** Throws `bad-secrets-key` when the file is there and is no key. */
  async onModuleInit(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    // Of two processes that start together one makes the file, and the other finds it.
    const made = randomBytes(KEY_BYTES).toString('hex');
    await writeFile(this.file, made, { flag: 'wx', mode: 0o600, flush: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const key = Buffer.from((await readFile(this.file, 'utf8')).trim(), 'hex');
    if (key.length !== KEY_BYTES) {
      const sentence = {
        vi: `Không đọc được khóa ${this.file}. Hãy khôi phục tệp này từ bản sao lưu.`,
        en: `Cannot read the key ${this.file}. Restore it from a backup.`,
      };
      throw new DomainError('unavailable', 'bad-secrets-key', sentence, { file: this.file });
    }
    this.key = key;
  }

  /** `owner` is part of the seal: what is sealed for one account opens for no other. */
  seal(owner: string, text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.ready(), iv).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Throws when it was sealed for somebody else, with another key, or changed. */
  open(owner: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.ready(), iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  private ready(): Buffer {
    if (!this.key) throw new Error('the key of secrets is read when the application starts');
    return this.key;
  }
}
