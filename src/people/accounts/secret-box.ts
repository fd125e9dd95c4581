import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '../../shared/domain-error.js';
import { HouseKeys } from '../../database/house-keys.js';

const FILE = 'secrets.key';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts secrets that the server must be able to read again, so that a stolen database alone reveals none of them:
 * AES-256-GCM under `<dataDir>/keys/secrets.key`, created at the first start and readable by the server's user only.
 * Servers that share a database must share this file too; a backup includes it.
 */
@Injectable()
export class SecretBox implements OnModuleInit {
  private key?: Buffer;

  constructor(private readonly keys: HouseKeys) {}

  /** Throws `bad-secrets-key` when the file exists and is no key, and the errors of `HouseKeys.open`. */
  async onModuleInit(): Promise<void> {
    const make = () => randomBytes(KEY_BYTES).toString('hex');
    this.key = await this.keys.open(FILE, make, (text) => {
      const key = Buffer.from(text.trim(), 'hex');
      if (key.length === KEY_BYTES) return key;
      const file = this.keys.file(FILE);
      const sentence = {
        vi: `Không đọc được khóa ${file}. Hãy khôi phục tệp này từ bản sao lưu.`,
        en: `Cannot read the key ${file}. Restore it from a backup.`,
      };
      throw new DomainError('unavailable', 'bad-secrets-key', sentence, { file });
    });
  }

  /** `owner` is part of the seal: a value sealed for one account cannot be opened for another. */
  seal(owner: string, text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.ready(), iv).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Throws when the value was sealed for another owner, with another key, or changed. */
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
