import { composed } from '../../../shared/clean-text.js';

/**
 * A text and its lower-case twin of exactly the same length, so that a match in one can be cut from the other. In the
 * twin the tone mark is on the first vowel (hóa, ủy: letters mix both ways), and every dash is a hyphen.
 */
export interface Passage {
  readonly text: string;
  readonly low: string;
}

/** Word boundaries for Vietnamese letters; `\b` only covers ASCII. */
export const B = '(?<![\\p{L}\\p{N}])';
export const E = '(?![\\p{L}\\p{N}])';

const movedTones = new Map<string, string>();
for (const tone of ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323']) {
  for (const pair of ['oa', 'oe', 'uy']) {
    const [first, second] = [pair[0]!, pair[1]!];
    movedTones.set(first + (second + tone).normalize('NFC'), (first + tone).normalize('NFC') + second);
  }
}
const toneOnSecond = /(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\p{L})/gu;

export function passage(text: string): Passage {
  return { text, low: lower(text) };
}

export function cut(from: Passage, start: number, end?: number): Passage {
  return { text: from.text.slice(start, end), low: from.low.slice(start, end) };
}

export function lower(text: string): string {
  let low = text.toLowerCase();
  if (low.length !== text.length) {
    low = Array.from(text, (ch) => (ch.toLowerCase().length === ch.length ? ch.toLowerCase() : ch)).join('');
  }
  return low.replace(/[‐-―−]/g, '-').replace(toneOnSecond, (pair) => movedTones.get(pair) ?? pair);
}

/**
 * NFC, one kind of line end and of space, no invisible characters. Tabs stay: in a flattened head they separate two
 * columns.
 */
export function cleanPassage(raw: string): string {
  return composed(raw)
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, '')
    .replace(/İ/g, 'I');
}

/** Runs of white space become one space. */
export function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** As `tidy`, without the bullet before and the punctuation after a list item. */
export function listItem(text: string): string {
  return tidy(text)
    .replace(/^(?:[-–—+*•·●○▪■]\s?)+/u, '')
    .replace(/[\s;,./…]+$/u, '')
    .trim();
}

/** First of equal strings only, order kept. */
export function distinct<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
