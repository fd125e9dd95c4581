import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID = 'x-request-id';
/** The caller's id is logged and sent back, so only a plain word is accepted. */
const plain = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * The caller's own id, such as a proxy sends, or a new one: short enough to be read aloud, and different from the last
 * million.
 */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID];
  return typeof given === 'string' && plain.test(given) ? given : randomUUID().slice(0, 13);
}
