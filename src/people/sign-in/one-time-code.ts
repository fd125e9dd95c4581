import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Instant } from '../../shared/clock.js';

const STEP_SECONDS = 30;
const SECRET_BYTES = 20;
/** The clock of a phone may be one step ahead of or behind ours (RFC 6238, 5.2). */
const WINDOW = 1;

/** RFC 6238 with the parameters that every authenticator app supports: SHA-1, six digits, 30 seconds. */
function totp(secret: string, label = ''): TOTP {
  const settings = { issuer: 'Loa', label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS };
  return new TOTP({ ...settings, secret: Secret.fromBase32(secret) });
}

/** A new secret in base32: 160 random bits, as RFC 4226 recommends. */
export function newCodeSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** Content of the QR code for the phone: `otpauth://totp/Loa:<username>?…`. */
export function otpauthAddress(secret: string, username: string): string {
  return totp(secret, username).toString();
}

/** The step of 30 seconds that this code belongs to, or null when it matches none near `now`. */
export function stepOf(secret: string, code: string, now: Instant): number | null {
  const delta = totp(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / STEP_SECONDS) + delta;
}

export function codeAt(secret: string, now: Instant): string {
  return totp(secret).generate({ timestamp: now });
}

/** Normalises a typed code: ignores spaces, hyphens and case. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Sixteen letters in fours, 80 random bits: too many to guess, so a plain hash protects it. Without I, O, 0 and 1. */
export function newRecoveryCode(): string {
  const letters = [...randomBytes(16)].map((byte) => LETTERS[byte % 32] ?? '');
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-');
}
