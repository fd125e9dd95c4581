import { decomposed } from './clean-text.js';

/** Removes case, tone marks and đ and normalises spaces, so that "ha tinh" finds "Hà Tĩnh". */
export function fold(text: string): string {
  return decomposed(text)
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** 'Phường Bắc Hà' → 'phuong-bac-ha'. */
export function slug(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/**
 * A filter for lists: every word of `query` must occur somewhere in the texts, regardless of case, tone marks and đ, so
 * that "ha tinh" finds "Hà Tĩnh" and "bac 2026" a row with both. An empty query matches everything.
 */
export function finder(query: string | undefined): (...texts: readonly (string | null | undefined)[]) => boolean {
  const wanted = fold(query ?? '')
    .split(' ')
    .filter(Boolean);
  return (...texts) => {
    if (wanted.length === 0) return true;
    const line = fold(texts.join(' '));
    return wanted.every((word) => line.includes(word));
  };
}
