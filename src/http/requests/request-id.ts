import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID = 'x-request-id';
/** What a caller sends goes into the log and back, so it can be nothing but a plain word. */
const plain = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's own, as a proxy gives one, or a new one: short enough to be read aloud, and none of the last million is the same. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const told = headers[REQUEST_ID];
  return typeof told === 'string' && plain.test(told) ? told : randomUUID().slice(0, 13);
}
