import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Instant } from '../../shared/clock.js';

const STEP_SECONDS = 30;
const SECRET_BYTES = 20;
/** A phone's clock may be a step ahead of or behind ours (RFC 6238, 5.2). */
const WINDOW = 1;

/** RFC 6238 with what every app of a phone knows: SHA-1, six digits, 30 seconds. */
function totp(secret: string, label = ''): TOTP {
  const settings = { issuer: 'Loa', label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS };
  return new TOTP({ ...settings, secret: Secret.fromBase32(secret) });
}

/** A new secret in base32: 160 random bits, as RFC 4226 asks. */
export function newCodeSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the picture for the phone says: `otpauth://totp/Loa:<username>?…`. */
export function otpauthAddress(secret: string, username: string): string {
  return totp(secret, username).toString();
}

/** The step of 30 seconds that this code belongs to, or null when it is the code of none near `now`. */
export function stepOf(secret: string, code: string, now: Instant): number | null {
  const delta = totp(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / STEP_SECONDS) + delta;
}

export function codeAt(secret: string, now: Instant): string {
  return totp(secret).generate({ timestamp: now });
}

/** What people type: spaces and hyphens mean nothing, case neither. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Sixteen letters in fours, 80 random bits: nobody guesses one, so a plain hash keeps it. Without I, O, 0 and 1. */
export function newRecoveryCode(): string {
  const letters = [...randomBytes(16)].map((byte) => LETTERS[byte % 32] ?? '');
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-');
}
