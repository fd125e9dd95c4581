import type { Reading } from '../../speech/reading/text/reading.js';
import type { DecisionScope } from '../../speech/decisions/reading-decisions.service.js';
import { ruleNames } from '../../speech/reading/rule-names.js';
import { inCurrentLanguage } from '../language/language.js';

/**
 * '' said as written; `changed` said otherwise; `decided` as a person said; `skipped` a person said
 * that it is not read; `unsure` listen here; `lost` nobody would hear it.
 */
export type ReadingMark = '' | 'changed' | 'decided' | 'skipped' | 'unsure' | 'lost';

export interface ReadingPiece {
  /** What is heard; where nothing is, what is written. */
  text: string;
  mark: ReadingMark;
  /** As it is written. */
  source: string;
  /** 'start-end', UTF-16 offsets in the text; '' for a pause, which cannot be corrected. */
  at: string;
}

/** A reading piece by piece with the pauses between, so that a screen can show where speech leaves the written text. */
export function readingPieces(source: string, { spans }: Pick<Reading, 'spans'>): ReadingPiece[] {
  const pieces: ReadingPiece[] = [];
  let at = 0;
  for (const span of spans) {
    const gap = pauseBetween(source.slice(at, span.start), pieces.length > 0);
    if (gap) pieces.push({ text: gap, mark: '', source: gap, at: '' });
    at = span.end;
    const place = `${span.start}-${span.end}`;
    pieces.push({ text: span.spoken || span.source, mark: markOf(span), source: span.source, at: place });
  }
  const end = pauseBetween(source.slice(at), false);
  if (end) pieces.push({ text: end, mark: '', source: end, at: '' });
  return pieces;
}

/** Each change once, in the order of the text: what is written and how it is said. */
export function readingChanges(pieces: readonly ReadingPiece[]): { written: string; spoken: string }[] {
  const changes = new Map<string, { written: string; spoken: string }>();
  for (const { mark, source, text } of pieces) {
    if (mark === '' || mark === 'lost' || mark === 'skipped' || source === text) continue;
    changes.set(`${source}\n${text}`, { written: source, spoken: text });
  }
  return [...changes.values()];
}

export interface Correction {
  start: string;
  end: string;
  source: string;
  /** As it is read now; '' when nothing is heard. */
  spoken: string;
  /** What read it, in words: 'ngày tháng'. */
  rule: string;
  warning: string;
  /** A person decided it before. */
  decided: boolean;
  /** Where it shall hold. */
  where: DecisionScope;
}

/** What was typed into the form for one stretch. */
export type TypedCorrection = Pick<Correction, 'spoken' | 'where'>;

/** What the form for one stretch shows; null when the text no longer has exactly that stretch. */
export function correctionOf(reading: Reading, at: string, typed?: TypedCorrection): Correction | null {
  const span = reading.spans.find(({ start, end }) => `${start}-${end}` === at);
  if (!span) return null;
  const warning = reading.warnings.find(({ start }) => start === span.start);
  return {
    start: String(span.start),
    end: String(span.end),
    source: span.source,
    spoken: span.spoken,
    rule: ruleNames[span.rule] ?? span.rule,
    warning: warning ? inCurrentLanguage(warning.message) : '',
    decided: span.decision !== undefined,
    where: 'here',
    ...typed,
  };
}

function markOf({ source, spoken, rule, sure, decision }: Reading['spans'][number]): ReadingMark {
  if (decision !== undefined) return spoken ? 'decided' : 'skipped';
  if (!spoken) return 'lost';
  if (!sure) return 'unsure';
  return rule === 'plain' || source.normalize('NFC') === spoken ? '' : 'changed';
}

/** Decoration is not heard; words that touched in the text ("5km") are two words when spoken. */
function pauseBetween(layout: string, inside: boolean): string {
  const kept = layout.replace(/[^\s,;:.!?…]/gu, '').replace(/[^\S\n]+/g, ' ');
  return kept || (inside ? ' ' : '');
}
