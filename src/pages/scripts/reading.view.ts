import type { Reading } from '../../speech/reading/text/reading.js';
import type { DecisionScope } from '../../speech/decisions/reading-decisions.service.js';
import { ruleNames } from '../../speech/reading/rule-names.js';
import { inCurrentLanguage } from '../language/language.js';

/**
 * '' is spoken as written; `changed` is spoken differently; `decided` by a person's decision; `skipped` by a person's
 * decision not to read it; `unsure` is a guess that needs listening; `lost` would not be heard at all.
 */
export type ReadingMark = '' | 'changed' | 'decided' | 'skipped' | 'unsure' | 'lost';

export interface ReadingPiece {
  /** The spoken text; the written text where nothing is spoken. */
  text: string;
  mark: ReadingMark;
  /** The written text. */
  source: string;
  /** 'start-end', UTF-16 offsets in the text; '' for a pause, which cannot be corrected. */
  at: string;
}

/**
 * The pieces of a reading with the pauses between them, so that a screen can show where speech differs from the text.
 */
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

/** Each change once, in text order: the written and the spoken form. */
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
  /** The current spoken form; '' when nothing is spoken. */
  spoken: string;
  /** The name of the reading rule: 'ngày tháng'. */
  rule: string;
  warning: string;
  /** A person has already decided this stretch. */
  decided: boolean;
  /** The scope of the decision. */
  where: DecisionScope;
}

/** The values of the form for one stretch. */
export type TypedCorrection = Pick<Correction, 'spoken' | 'where'>;

/** The form for one stretch; null when the text no longer has exactly that stretch. */
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

/** Decoration is silent; parts that touch in the text ("5km") are separate words when spoken. */
function pauseBetween(layout: string, inside: boolean): string {
  const kept = layout.replace(/[^\s,;:.!?…]/gu, '').replace(/[^\S\n]+/g, ' ');
  return kept || (inside ? ' ' : '');
}
