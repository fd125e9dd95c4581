import { newSecret, sha256 } from '../shared/ids.js';

/** Lets secret scanners, logs and people recognise a station's token at sight. */
const PREFIX = 'loa_st_';
const RANDOM_BYTES = 32;

export interface NewToken {
  /** Shown once, never stored. */
  token: string;
  /** The stored value. 256 random bits need no salt and no slow hash: they cannot be guessed. */
  hash: string;
  /** The last four characters, so that an administrator can tell two tokens apart. */
  hint: string;
}

export function newToken(): NewToken {
  const token = PREFIX + newSecret(RANDOM_BYTES);
  return { token, hash: sha256(token), hint: token.slice(-4) };
}

/** The stored form of the token in `Authorization: Bearer …`; null when it is not shaped like a token. */
export function hashOfBearer(header: string | undefined): string | null {
  const found = /^Bearer ([A-Za-z0-9_-]{20,200})$/i.exec(header ?? '');
  const token = found?.[1];
  return token?.startsWith(PREFIX) ? sha256(token) : null;
}
