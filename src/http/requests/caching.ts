import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerKeyOf } from './caller-key.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The address contains a hash of the bytes, so a copy stays valid for good: static files only. */
    immutable?: true;
  }
}

/** A public answer may still be shown for this long after it was withdrawn. */
export const PUBLIC_SECONDS = 300;

const opened = new WeakSet<FastifyRequest>();

/** Marks a request as authorised by the key in its address; sessions and tokens are known without this mark. */
export function openedByKey(request: FastifyRequest): void {
  opened.add(request);
}

export interface Answered {
  status: number;
  /** By a session, a token or a key: the answer is for its holder only. */
  opened: boolean;
  /** The header that the route itself set. */
  said: string | undefined;
  /** The answer has an entity tag, so that a copy can be revalidated. */
  tagged: boolean;
  immutable: boolean;
}

/**
 * How long and by whom an answer may be stored. A route may ask for less than it is allowed, never for more; an answer
 * of a route that sets nothing is not stored.
 */
export function cacheControl({ status, opened, said = 'no-store', tagged, immutable }: Answered): string {
  const asked = new Set(said.toLowerCase().split(/\s*,\s*/));
  if (status >= 400) return 'no-store';
  if (immutable) return said;
  if (asked.has('no-store')) return opened ? 'private, no-store' : 'no-store';
  if (opened) return tagged ? 'private, no-cache' : 'private, no-store';
  if (!asked.has('public')) return asked.has('private') ? 'private, no-cache' : 'no-cache';
  const seconds = Number(/max-age=(\d+)/.exec(said)?.[1] ?? 0);
  return `public, max-age=${Math.min(seconds, PUBLIC_SECONDS)}, must-revalidate`;
}

/** Sets the final Cache-Control of every answer: a hook of `onSend`. */
export function decideCaching(request: FastifyRequest, reply: FastifyReply): void {
  const said = reply.getHeader('cache-control');
  const answered: Answered = {
    status: reply.statusCode,
    opened: callerKeyOf(request) !== null || opened.has(request),
    said: said === undefined ? undefined : String(said),
    tagged: reply.hasHeader('etag'),
    immutable: request.routeOptions.config.immutable === true,
  };
  reply.header('cache-control', cacheControl(answered));
}
