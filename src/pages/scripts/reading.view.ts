import type { Reading } from '../../speech/reading/reading.js';

export interface ReadingPiece {
  /** What is heard; where nothing is, what is written. */
  text: string;
  /** '' said as written, `changed` said otherwise, `unsure` listen here, `lost` nobody would hear it. */
  mark: '' | 'changed' | 'unsure' | 'lost';
  /** As it is written. */
  source: string;
}

/** A reading piece by piece with the pauses between, so that a screen can show where speech leaves the written text. */
export function readingPieces(source: string, { spans }: Pick<Reading, 'spans'>): ReadingPiece[] {
  const pieces: ReadingPiece[] = [];
  let at = 0;
  for (const span of spans) {
    const gap = pauseBetween(source.slice(at, span.start), pieces.length > 0);
    if (gap) pieces.push({ text: gap, mark: '', source: gap });
    at = span.end;
    pieces.push({ text: span.spoken || span.source, mark: markOf(span), source: span.source });
  }
  const end = pauseBetween(source.slice(at), false);
  if (end) pieces.push({ text: end, mark: '', source: end });
  return pieces;
}

/** Each change once, in the order of the text: what is written and how it is said. */
export function readingChanges(pieces: readonly ReadingPiece[]): { written: string; spoken: string }[] {
  const changes = new Map<string, { written: string; spoken: string }>();
  for (const { mark, source, text } of pieces) {
    if ((mark !== 'changed' && mark !== 'unsure') || source === text) continue;
    changes.set(`${source}\n${text}`, { written: source, spoken: text });
  }
  return [...changes.values()];
}

function markOf({ source, spoken, rule, sure }: Reading['spans'][number]): ReadingPiece['mark'] {
  if (!spoken) return 'lost';
  if (!sure) return 'unsure';
  return rule === 'plain' || source.normalize('NFC') === spoken ? '' : 'changed';
}

/** Decoration is not heard; words that touched in the text ("5km") are two words when spoken. */
function pauseBetween(layout: string, inside: boolean): string {
  const kept = layout.replace(/[^\s,;:.!?…]/gu, '').replace(/[^\S\n]+/g, ' ');
  return kept || (inside ? ' ' : '');
}
