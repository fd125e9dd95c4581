import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '../shared/domain-error.js';
import { sameDigest } from '../shared/ids.js';
import { HouseKeys } from '../database/house-keys.js';
import { newPrivateKeyPem, publicKeyPem, readPrivateKey, signPlaylist } from './formats/playlist-signature.js';

const FILE = 'playlist.ed25519.pem';

/**
 * The key that signs playlists: `<dataDir>/keys/playlist.ed25519.pem`, made at the first start and readable by the
 * server's user only. Servers that share a database must share this file too.
 */
@Injectable()
export class PlaylistKey implements OnModuleInit {
  private key?: KeyObject;
  private derived?: Buffer;

  constructor(private readonly keys: HouseKeys) {}

  /**
   * Throws `bad-playlist-key` when the file exists and is not a key: no start is better than playlists that cannot be
   * checked. Throws what `HouseKeys.open` throws.
   */
  async onModuleInit(): Promise<void> {
    this.key = await this.keys.open(FILE, newPrivateKeyPem, (text) => {
      try {
        return readPrivateKey(text);
      } catch (cause) {
        const file = this.keys.file(FILE);
        const sentence = {
          vi: `Không đọc được khóa ký danh sách phát ${file}. Hãy khôi phục tệp này từ bản sao lưu.`,
          en: `Cannot read the key that signs playlists, ${file}. Restore it from a backup.`,
        };
        throw new DomainError('unavailable', 'bad-playlist-key', sentence, { file }, { cause });
      }
    });
  }

  /** SPKI in PEM. */
  get publicPem(): string {
    return publicKeyPem(this.ready());
  }

  /** Base64 signature over exactly these bytes. */
  sign(bytes: Uint8Array): string {
    return signPlaylist(bytes, this.ready());
  }

  /**
   * A key that opens one file without a session, for players that only have an address. Whoever received a playlist may
   * hear what it plays and cannot make a key for another file. HMAC-SHA-256 under a key derived from the private one.
   */
  clipKey(sha256: string): string {
    return createHmac('sha256', this.linkKey()).update(sha256).digest('base64url');
  }

  opens(sha256: string, key: string): boolean {
    return sameDigest(this.clipKey(sha256), key);
  }

  private linkKey(): Buffer {
    this.derived ??= Buffer.from(
      hkdfSync('sha256', this.ready().export({ type: 'pkcs8', format: 'der' }), '', 'loa clip links', 32),
    );
    return this.derived;
  }

  private ready(): KeyObject {
    if (!this.key) throw new Error('the playlist key is read when the application starts');
    return this.key;
  }
}
