import { LINE } from './text/clean.js';
import type { FixedPiece } from './place-decisions.js';

/**
 * About five minutes of speech. The cost of a rule grows at most with the square of this length, not of the whole text.
 */
export const LONGEST_STRETCH = 4_000;

/**
 * Cuts a long text into stretches that are read one by one, so that no rule looks at more than one of them: at the end
 * of a line, else of a sentence, else of a word, never inside a stretch fixed by a person. Shorter texts stay whole.
 */
export function stretchesOf(text: string, fixed: readonly FixedPiece[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let next = 0;
  for (let start = 0; start < text.length;) {
    let end = endOfStretch(text, start);
    while (next < fixed.length && (fixed[next]?.end ?? 0) <= end) next++;
    const across = fixed[next];
    if (across && across.start < end) end = across.start > start ? across.start : across.end;
    found.push({ start, end });
    start = end;
  }
  return found;
}

function endOfStretch(text: string, start: number): number {
  const most = start + LONGEST_STRETCH;
  if (most >= text.length) return text.length;
  const least = start + LONGEST_STRETCH / 2;
  for (const mark of [LINE, '. ', '; ', ', ', ' ']) {
    const at = text.slice(least, most).lastIndexOf(mark);
    if (at >= 0) return least + at + mark.length;
  }
  return most;
}
