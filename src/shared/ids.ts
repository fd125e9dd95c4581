import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from './clock.js';

let lastAt = -1;
let lastCount = 0;

/**
 * UUID version 7 (RFC 9562, 6.2 method 1): sorts by time, so an index on it grows at one end. Ids of one process and
 * one millisecond sort in the order in which they were made (up to 2,048 of them).
 */
export function newId(at: Instant): string {
  const bytes = randomBytes(16);
  lastCount = at === lastAt ? (lastCount + 1) & 0xfff : bytes.readUInt16BE(6) & 0x7ff;
  lastAt = at;
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt16BE(0x7000 | lastCount, 6);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** `bytes` of randomness in base64url: session ids, device tokens, one-time secrets. */
export function newSecret(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** SHA-256 of a value in canonical JSON (keys sorted), so that equal contents have equal hashes. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Compares two hex digests in constant time. */
export function sameDigest(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}
