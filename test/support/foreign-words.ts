import { vietnameseIn } from '../../src/pages/language/vietnamese-letters.js';
import { plain } from './browser-form.js';

const VOID = new Set(['meta', 'link', 'input', 'br', 'img', 'use', 'hr', 'source', 'path']);
const SPOKEN = /\s(?:title|placeholder|aria-label|alt|data-say-\w+|data-play|data-pause|data-text)="([^"]*)"/g;

/** Vietnamese words of an English page outside of what is marked `lang="vi"`: in its text, and in attributes. */
export function unmarkedVietnamese(html: string): string[] {
  const found: string[] = [];
  /** Open elements, each with the language inside it. */
  const open: { name: string; vi: boolean }[] = [];
  const inVietnamese = () => open.at(-1)?.vi ?? false;
  for (const [token] of html.matchAll(/<!--[\s\S]*?-->|<[^>]+>|[^<]+/g)) {
    if (token.startsWith('<!')) continue;
    if (!token.startsWith('<')) {
      if (!inVietnamese()) found.push(...vietnameseIn(plain(token)));
      continue;
    }
    const [, closing, name = ''] = /^<(\/?)([a-z0-9]+)/i.exec(token) ?? [];
    if (closing) {
      const at = open.map((one) => one.name).lastIndexOf(name);
      if (at >= 0) open.splice(at);
      continue;
    }
    const own = /\slang="(\w+)"/.exec(token)?.[1];
    const vi = own === undefined ? inVietnamese() : own === 'vi';
    if (!vi) for (const [, words = ''] of token.matchAll(SPOKEN)) found.push(...vietnameseIn(plain(words)));
    if (!VOID.has(name) && !token.endsWith('/>')) open.push({ name, vi });
  }
  return found;
}
