import { LINE } from './text/clean.js';

/**
 * Reduces the layout between two spoken stretches to one pause. The strongest mark wins: a line break, then . ! ?, then
 * ; :, then a comma, then only a space. Applying this to a pause returns the same pause.
 */
export function pauseOf(layout: string, next: string): string {
  if (layout === ' ' || layout === '') return ' ';
  const lineBreak = layout.includes(LINE);
  const mark = markOf(layout, next);
  if (lineBreak) return `${mark === ',' ? '' : mark}\n`;
  return `${mark} `;
}

/** A bullet at the start of a line adds no pause. */
const bullet = new RegExp(`${LINE}+\\s*[-•·*]+\\s*`, 'g');

function markOf(layout: string, next: string): string {
  const trails = /\.{2,}|…/.test(layout);
  const strong = /[.!?。]/.exec(layout.replace(/\.{2,}|…/g, ''))?.[0];
  if (strong) return strong === '。' ? '.' : strong;
  if (trails) return /^\p{Lu}/u.test(next) || layout.includes(LINE) ? '.' : ',';
  const middle = /[;:]/.exec(layout)?.[0];
  if (middle) return middle;
  // A dash without spaces joins (Văn hóa-Thông tin), a dash beside a space separates.
  return /[,()[\]{}|•·●○■□▪▫◆◇★☆►▶→、，/]|[-=]>|\s>\s|\s-+|-+\s/.test(layout.replace(bullet, '')) ? ',' : '';
}

/** The pause after the last word: only an end mark. */
export function lastPause(layout: string): string {
  const mark = markOf(layout, '');
  return /[.!?]/.test(mark) ? mark : layout.includes('…') || layout.includes('..') ? '.' : '';
}
