import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainHead } from '../../database/schema/audit-hash.js';
import {
  publicKeyPem,
  readPrivateKey,
  signPlaylist,
  verifyPlaylist,
} from '../../playlists/formats/playlist-signature.js';

const KEY_FILE = 'playlist.ed25519.pem';

/** The signed bytes for the end of the audit; no playlist begins like this. */
function anchorText({ seq, hash }: Pick<ChainHead, 'seq' | 'hash'>): Buffer {
  return Buffer.from(`loa audit ${seq} ${hash}`);
}

/** Base64 signature by the key of playlists; undefined in an installation whose server never ran. */
export async function signedAnchor(keys: string, head: Pick<ChainHead, 'seq' | 'hash'>): Promise<string | undefined> {
  const key = await keyIn(keys);
  return key && signPlaylist(anchorText(head), readPrivateKey(key));
}

/** False for a signature of another key; null when this installation has no key to verify it. */
export async function isOurs(keys: string, bytes: Buffer, signature: string): Promise<boolean | null> {
  const key = await keyIn(keys);
  return key === undefined ? null : verifyPlaylist(bytes, signature, publicKeyPem(readPrivateKey(key)));
}

export function isOurAnchor(
  keys: string,
  head: Pick<ChainHead, 'seq' | 'hash'>,
  signature: string,
): Promise<boolean | null> {
  return isOurs(keys, anchorText(head), signature);
}

async function keyIn(keys: string): Promise<string | undefined> {
  try {
    return await readFile(join(keys, KEY_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
