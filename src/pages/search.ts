import { fold } from '../shared/fold.js';

/**
 * A test for lists: every word of `query` stands somewhere in the texts, whatever the case, the tone marks and đ, so that
 * "ha tinh" finds "Hà Tĩnh" and "bac 2026" a line with both. An empty query lets everything pass.
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
