import { cleanSource, type Cleaned } from './text/clean.js';
import { isWordInside } from './lexicon/lexicon-index.js';

/** A person's decision about one written form of a text: how it is spoken, or that it is skipped. */
export interface TextDecision {
  id: string;
  /** The written form; matched exactly. */
  source: string;
  /** Words; '' skips the form. */
  spoken: string;
  /** The occurrence it applies to; null applies to every occurrence of the form. */
  anchor: DecisionAnchor | null;
}

/** The words around the form when it was decided, and its number among the equal forms (0 is the first). */
export interface DecisionAnchor {
  before: string;
  after: string;
  nth: number;
}

/** A stretch of the normalised text whose reading a person has fixed. */
export interface FixedPiece {
  start: number;
  end: number;
  spoken: string;
  id: string;
}

const AROUND = 60;

/** The anchor of `text.slice(start, end)`. */
export function anchorOf(text: string, start: number, end: number): DecisionAnchor {
  const source = text.slice(start, end);
  return {
    before: text.slice(Math.max(0, start - AROUND), start),
    after: text.slice(end, end + AROUND),
    nth: placesOf(text, source).indexOf(start),
  };
}

/**
 * Finds where decisions apply in a text, in order and without overlaps; of two that overlap, the earlier in the list
 * wins. A decision for one occurrence applies only where the word before or the word after is still the same. So it
 * survives changes elsewhere and never applies to another occurrence.
 */
export function placeDecisions(cleaned: Cleaned, decisions: readonly TextDecision[]): FixedPiece[] {
  const fixed: FixedPiece[] = [];
  // One flag per character: comparing every piece with every position would be quadratic in the length of the text.
  const taken = new Uint8Array(cleaned.text.length);
  for (const { id, spoken, source, anchor } of decisions) {
    const form = cleanSource(source).text;
    if (form.trim() === '') continue;
    const free = placesOf(cleaned.text, form).filter(
      (start) => !taken.subarray(start, start + form.length).includes(1),
    );
    const whole = (start: number) => !isWordInside(cleaned.text, start, start + form.length);
    const chosen = anchor ? nearest(cleaned.text, form, free, anchor) : free.filter(whole);
    for (const start of chosen) {
      fixed.push({ start, end: start + form.length, spoken, id });
      taken.fill(1, start, start + form.length);
    }
  }
  return fixed.sort((a, b) => a.start - b.start);
}

function placesOf(text: string, form: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(form); at >= 0 && form !== ''; at = text.indexOf(form, at + form.length)) places.push(at);
  return places;
}

function nearest(text: string, form: string, places: readonly number[], anchor: DecisionAnchor): number[] {
  const before = wordsOf(cleanSource(anchor.before).text).reverse();
  const after = wordsOf(cleanSource(anchor.after).text);
  const ranked = places
    .map((start, nth) => {
      const left = wordsOf(text.slice(Math.max(0, start - AROUND), start)).reverse();
      const right = wordsOf(text.slice(start + form.length, start + form.length + AROUND));
      return { start, agreed: agreement(before, left) + agreement(after, right), away: Math.abs(nth - anchor.nth) };
    })
    .filter(({ agreed }) => agreed > 0)
    .sort((a, b) => b.agreed - a.agreed || a.away - b.away);
  return ranked.slice(0, 1).map(({ start }) => start);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];
}

/** Counts matching words, outward from the form; no words on both sides count as one match. */
function agreement(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 && b.length === 0) return 1;
  let same = 0;
  while (same < 8 && same < a.length && a[same] === b[same]) same++;
  return same;
}
