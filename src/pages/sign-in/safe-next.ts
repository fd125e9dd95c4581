import { z } from 'zod';

/** Longer than any page's address. */
const MOST = 500;

/**
 * Where to go afterwards: a path of our own in the letters of a header, never another site, '/' for whatever else is asked for, be
 * it a list, no text at all, or too long.
 */
export function ownPath(asked: unknown): string {
  // Control characters and spaces are no part of an address; a parser would drop them, and `/\t/evil` would become `//evil`.
  if (typeof asked !== 'string' || asked.length > MOST || !/^\/[^\s\p{Cc}\\]*$/u.test(asked)) return '/';
  const here = 'http://loa.invalid';
  if (!URL.canParse(asked, here)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, here);
  // `/..//evil` is `//evil` once it is taken apart.
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

/** After signing in: nobody is led back to the door. */
export function safeNext(asked: unknown): string {
  const path = ownPath(asked);
  return path.startsWith('/dang-') ? '/' : path;
}

/** The field `tiep` of a form or an address. */
export const nextField = z.unknown().optional().transform(safeNext);
