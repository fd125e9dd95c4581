import { LINE } from './clean.js';

/**
 * The layout between two spoken stretches as one pause. Of several marks the strongest is kept: a line break, then
 * . ! ?, then ; :, then a comma, then nothing but a space. A pause read again gives itself.
 */
export function pauseOf(layout: string, next: string): string {
  if (layout === ' ' || layout === '') return ' ';
  const lineBreak = layout.includes(LINE);
  const mark = markOf(layout, next);
  if (lineBreak) return `${mark === ',' ? '' : mark}\n`;
  return `${mark} `;
}

/** A bullet at the start of a line is no pause of its own. */
const bullet = new RegExp(`${LINE}+\\s*[-•·*]+\\s*`, 'g');

function markOf(layout: string, next: string): string {
  const trails = /\.{2,}|…/.test(layout);
  const strong = /[.!?。]/.exec(layout.replace(/\.{2,}|…/g, ''))?.[0];
  if (strong) return strong === '。' ? '.' : strong;
  if (trails) return /^\p{Lu}/u.test(next) || layout.includes(LINE) ? '.' : ',';
  const middle = /[;:]/.exec(layout)?.[0];
  if (middle) return middle;
  // A dash joins what it touches (Văn hóa-Thông tin) and parts what it stands away from.
  return /[,()[\]{}|•·●○■□▪▫◆◇★☆►▶→、，/]|[-=]>|\s>\s|\s-+|-+\s/.test(layout.replace(bullet, '')) ? ',' : '';
}

/** What is heard after the last word: only an end mark. */
export function lastPause(layout: string): string {
  const mark = markOf(layout, '');
  return /[.!?]/.test(mark) ? mark : layout.includes('…') || layout.includes('..') ? '.' : '';
}
