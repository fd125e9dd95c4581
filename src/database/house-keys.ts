import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { DomainError } from '../shared/domain-error.js';
import { newSecret, sha256 } from '../shared/ids.js';
import { Database } from './database.js';
import { holdHouse, houseRow } from './house-row.js';
import { House } from './house.entity.js';
import { StorageError } from './disk/storage-fault.js';

/**
 * The key files of the installation, `<dataDir>/keys/`. The database stores a fingerprint of each, so that a server or
 * a command with another data folder does not continue with other keys: stations would refuse its playlists, and it
 * could not decrypt stored secrets.
 */
@Injectable()
export class HouseKeys {
  private readonly folder: string;

  constructor(
    config: Config,
    private readonly database: Database,
  ) {
    this.folder = join(config.dataDir, 'keys');
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  /**
   * Returns what `read` parses from the file, which is created when the installation has none yet. Throws what `read`
   * throws, and `other-keys` (409) for a file that is missing or does not match the fingerprint.
   */
  async open<T>(name: string, make: () => string, read: (text: string) => T): Promise<T> {
    const known = (await houseRow(this.database.read())).keys[name];
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const made = known === undefined && (await makeOnce(this.file(name), make()));
    const text = await readFile(this.file(name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (known !== undefined && error.code === 'ENOENT') throw otherKeys(this.file(name), 'missing');
      throw error;
    });
    const own = fingerprint(text);
    if (known !== undefined && known !== own) throw otherKeys(this.file(name), 'other');
    const key = read(text);
    if (await this.isOurs(name, own)) return key;
    // Created a moment ago while another server with a folder of its own was quicker.
    if (made) await rm(this.file(name), { force: true });
    throw otherKeys(this.file(name), 'other');
  }

  /** For a key that is stored elsewhere: `own` is its fingerprint. Throws `other-keys` (409). */
  async vouch(name: string, own: string): Promise<void> {
    if (!(await this.isOurs(name, own))) throw otherKeys(this.file(name), 'other');
  }

  private async isOurs(name: string, own: string): Promise<boolean> {
    const known = (await houseRow(this.database.read())).keys[name] ?? (await this.storeFingerprint(name, own));
    return known === own;
  }

  /** Returns the fingerprint that the row holds afterwards: the first writer decides. */
  private async storeFingerprint(name: string, own: string): Promise<string | undefined> {
    try {
      return await this.database.write(async (tx) => {
        const { id, keys } = await holdHouse(tx);
        if (keys[name] === undefined) {
          keys[name] = own;
          await tx.update(House, { id }, { keys });
        }
        return keys[name];
      });
    } catch (error) {
      // A full disk is no reason not to start: a later start stores the fingerprint.
      if (error instanceof StorageError) return own;
      throw error;
    }
  }
}

function fingerprint(text: string): string {
  return sha256(text.trim());
}

/**
 * Creates the file atomically: when two processes start together one creates it and the other finds it. Returns true
 * when this call created it.
 */
export async function makeOnce(file: string, text: string): Promise<boolean> {
  const half = `${file}.${newSecret(6)}.half`;
  await writeFile(half, text, { flag: 'wx', mode: 0o600, flush: true });
  try {
    await link(half, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // A file system without hard links.
    await writeFile(file, text, { flag: 'wx', mode: 0o600, flush: true });
    return true;
  } finally {
    await rm(half, { force: true });
  }
}

function otherKeys(file: string, problem: 'missing' | 'other'): DomainError {
  const [vi, en] =
    problem === 'missing'
      ? ['không còn', 'is missing']
      : ['không phải khóa của hệ thống này', "is not this house's key"];
  return new DomainError(
    'conflict',
    'other-keys',
    {
      vi: `Tệp khóa ${file} ${vi}. Hãy chép thư mục keys từ máy chủ đang dùng dữ liệu này (hoặc từ bản sao lưu), hoặc đặt LOA_DATA_DIR cho đúng. Nếu khóa cũ đã mất hẳn: chạy loa keys accept; khi đó các trạm phải nhận khóa mới và mọi người phải cài lại mã xác thực trên điện thoại.`,
      en: `The key file ${file} ${en}. Copy the folder "keys" from the server that uses this database (or from a backup), or set LOA_DATA_DIR. If the old key is lost for good: loa keys accept; stations then need the new key and everybody enrols the phone again.`,
    },
    { file, problem },
  );
}
