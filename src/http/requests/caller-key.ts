import type { FastifyRequest } from 'fastify';

const keys = new WeakMap<FastifyRequest, string>();

/** Guards set the caller: `person:<id>` or `station:<id>`. */
export function setCallerKey(request: FastifyRequest, key: string): void {
  keys.set(request, key);
}

export function callerKeyOf(request: FastifyRequest): string | null {
  return keys.get(request) ?? null;
}
