import { z } from 'zod';

/** Longer than the URL of any page. */
const MOST = 500;

/**
 * The redirect target: a path of this site in header-safe characters, never another site; '/' for anything else, such
 * as a list, a missing value or a text that is too long.
 */
export function ownPath(asked: unknown): string {
  // URL parsers drop control characters and spaces, so `/\t/evil` would become `//evil`.
  if (typeof asked !== 'string' || asked.length > MOST || !/^\/[^\s\p{Cc}\\]*$/u.test(asked)) return '/';
  const here = 'http://loa.invalid';
  if (!URL.canParse(asked, here)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, here);
  // `/..//evil` normalises to `//evil`.
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

/** The target after signing in; never the sign-in page itself. */
export function safeNext(asked: unknown): string {
  const path = ownPath(asked);
  return path.startsWith('/dang-') ? '/' : path;
}

/** The field `tiep` of a form or an address. */
export const nextField = z.unknown().optional().transform(safeNext);
