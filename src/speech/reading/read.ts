import { cleanSource, type Cleaned } from './text/clean.js';
import { LexiconIndex } from './lexicon/lexicon-index.js';
import { ownAbbreviations } from './own-abbreviations.js';
import { lastPause, pauseOf } from './pause.js';
import { placeDecisions, type TextDecision } from './place-decisions.js';
import type { Lexicon, Reading, ReadingSettings, ReadingWarning, ReadingSpan } from './text/reading.js';
import type { Piece } from './pieces.js';
import { scan } from './scan.js';
import { warningSentence } from './warning-sentence.js';

/** A prepared reader: lexicons indexed, settings fixed. */
export interface PreparedReading {
  /** `decisions`: a person's decisions for this text, which take precedence over lexicons and rules. */
  read(text: string, decisions?: readonly TextDecision[]): Reading;
}

/**
 * `lexicons`: most local first, that is the ward's, the centre's, the built-in one. `base`: a ready index that replaces
 * the last ones.
 */
export function prepare(lexicons: readonly Lexicon[], settings: ReadingSettings, base?: LexiconIndex): PreparedReading {
  const lexicon = new LexiconIndex(lexicons, base);
  return {
    read(text, decisions = []) {
      const cleaned = cleanSource(text);
      const fixed = decisions.length === 0 ? [] : placeDecisions(cleaned, decisions);
      const own = ownAbbreviations(cleaned.text);
      const index = own ? new LexiconIndex([own], lexicon) : lexicon;
      const pieces = scan({ text: cleaned.text, lower: cleaned.lower, settings, lexicon: index }, fixed);
      return compose(text, cleaned, pieces);
    },
  };
}

/** Reads one text; for many texts call `prepare` once. Never throws, whatever the text. */
export function read(text: string, settings: ReadingSettings, lexicons: readonly Lexicon[]): Reading {
  return prepare(lexicons, settings).read(text);
}

function compose(source: string, cleaned: Cleaned, pieces: readonly Piece[]): Reading {
  const spans: ReadingSpan[] = [];
  const warnings: ReadingWarning[] = [];
  const parts: string[] = [];
  let heardUntil = 0;
  let carried = '';
  for (const piece of pieces) {
    if (piece.spoken === '' && piece.decision !== undefined) {
      // A skipped form adds no pause either.
      carried += cleaned.text.slice(heardUntil, piece.start);
      heardUntil = piece.end;
    }
    if (piece.spoken !== '') {
      const layout = carried + cleaned.text.slice(heardUntil, piece.start);
      const between = parts.length === 0 ? '' : pauseOf(layout, piece.spoken);
      // A list mark inside a line begins after a pause.
      const pause = piece.rule === 'list' && between === ' ' ? ', ' : between;
      // A stretch that a rule put into words gets a capital at the start of a sentence; the author's own words keep
      // their case.
      if ((parts.length === 0 || opensSentence.test(pause)) && ours(piece, cleaned.text))
        piece.spoken = capital(piece.spoken);
      // A rule may end its words with a pause; it becomes part of the layout that follows.
      carried = piece.spoken.endsWith(',') ? ',' : '';
      parts.push(pause, carried ? piece.spoken.slice(0, -1) : piece.spoken);
      heardUntil = piece.end;
    }
    if (piece.rule !== 'pause') place(spans, warnings, source, cleaned, piece);
  }
  if (parts.length > 0) parts.push(lastPause(cleaned.text.slice(heardUntil)));
  return { spoken: parts.join(''), spans, warnings };
}

function place(spans: ReadingSpan[], warnings: ReadingWarning[], source: string, cleaned: Cleaned, piece: Piece): void {
  const start = cleaned.sourceStart(piece.start);
  const end = cleaned.sourceEnd(piece.end);
  const last = spans[spans.length - 1];
  const sure = piece.warn === undefined;
  if (last && start < last.end) {
    // One source character that expands to several (㎞, ½) may be read in pieces; it stays one span.
    last.end = Math.max(end, last.end);
    last.source = source.slice(last.start, last.end);
    last.spoken = `${last.spoken} ${piece.spoken}`.trim();
    if (sure || !last.sure) return;
    last.sure = false;
  } else {
    const decided = piece.decision === undefined ? {} : { decision: piece.decision };
    const said = { spoken: piece.spoken, rule: piece.rule, sure, ...decided };
    spans.push({ start, end, source: source.slice(start, end), ...said });
  }
  const about = spans[spans.length - 1];
  if (piece.warn === undefined || !about) return;
  const message = warningSentence(piece.warn, about.source);
  warnings.push({ kind: piece.warn, start: about.start, end: about.end, source: about.source, message });
}

const opensSentence = /[.!?] |\n/;

function ours(piece: Piece, text: string): boolean {
  return piece.rule !== 'plain' && piece.rule !== 'foreign' && !/^\p{Ll}/u.test(text.charAt(piece.start));
}

function capital(words: string): string {
  const first = words.charAt(0).toUpperCase();
  return first.length === 1 ? first + words.slice(1) : words;
}
