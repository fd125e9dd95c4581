import type { Access } from '../requests/route-access.js';
import type { DeclaredErrors } from './answers.js';

/** What decides which errors a route can answer whatever its handler does. */
export interface RouteFacts {
  method: string;
  access: Access | undefined;
  beforePassword: boolean;
  limited: boolean;
  hasPathParameters: boolean;
  /** Something of the request is checked against a schema. */
  validated: boolean;
}

/** Codes by status. */
export type ErrorCodes = ReadonlyMap<number, ReadonlySet<string>>;

/** The errors of a route: those that it declares, and those that follow from what it is. */
export function errorsOf(facts: RouteFacts, declared: DeclaredErrors): ErrorCodes {
  const codes = new Map<number, Set<string>>();
  const add = (status: number, ...more: string[]) => {
    const known = codes.get(status) ?? new Set<string>();
    for (const one of more) known.add(one);
    codes.set(status, known);
  };
  const unsafe = facts.method !== 'GET';
  const kind = facts.access?.kind;
  const person = kind === 'signed-in' || kind === 'roles';
  if (facts.validated || unsafe) add(400, 'malformed');
  if (person) add(401, 'unauthenticated');
  if (kind === 'station') add(401, 'bad-station-token');
  if (kind === 'roles') add(403, 'forbidden');
  if (person && !facts.beforePassword) add(403, 'password-change-needed');
  if (kind !== 'station' && unsafe) add(403, 'bad-csrf');
  if (facts.hasPathParameters) add(404, 'not-found');
  // Another request may have changed the state of the thing in the address meanwhile.
  if (facts.hasPathParameters && unsafe) add(409, 'illegal-move');
  if (person && facts.method === 'POST') {
    add(400, 'bad-idempotency-key');
    add(409, 'already-received');
    add(422, 'key-reused');
  }
  if (facts.limited) add(429, 'too-many-requests');
  add(429, 'too-many-at-once');
  for (const [status, more] of Object.entries(declared)) add(Number(status), ...[more].flat());
  return new Map([...codes].sort(([a], [b]) => a - b));
}

/**
 * Whether any route may answer so: a body of a size, type or with signs that are not taken, and every failure of the server (500
 * unexpected, 503 storage or clock, 507 disk full). In the document these are the `default` of every route.
 */
export function isAnywhere(status: number, code: string): boolean {
  return status >= 500 || ['malformed', 'hidden-sign', 'too-large', 'media-type'].includes(code);
}
