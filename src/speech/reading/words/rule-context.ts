import { LINE } from '../text/clean.js';
import type { LexiconIndex } from '../lexicon/lexicon-index.js';
import type { ReadingSettings, WarningKind } from '../text/reading.js';

/** The input of a rule: the normalised text, the lexicon and the station's settings. */
export interface RuleContext {
  readonly text: string;
  readonly lower: string;
  readonly settings: ReadingSettings;
  readonly lexicon: LexiconIndex;
}

/** The match of a rule at a position. */
export interface Found {
  /** Exclusive end of the stretch; greater than its start. */
  end: number;
  spoken: string;
  /** Set when a person should check the reading. */
  warn?: WarningKind;
}

/**
 * A reading rule. `pattern` is sticky and is tried at one position; `say` may still decline by returning undefined. A
 * rule may inspect the text before its position but never reads it.
 */
export interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  say(match: RegExpExecArray, context: RuleContext): string | Found | undefined;
}

const LOOK = 40;

/** The text of the same line before `at`, in lower case. */
export function behind(context: RuleContext, at: number): string {
  const text = context.lower.slice(Math.max(0, at - LOOK), at);
  return text.slice(text.lastIndexOf(LINE) + 1);
}

/** The text of the same line from `at` on, in lower case. */
export function ahead(context: RuleContext, at: number): string {
  const text = context.lower.slice(at, at + LOOK);
  const line = text.indexOf(LINE);
  return line < 0 ? text : text.slice(0, line);
}

export function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}

export function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

/** End of a word: no letter or digit follows. */
export const END = String.raw`(?![\p{L}\p{M}\p{N}])`;
/** End of a number: not in the middle of 1.234 or 12/5. */
export const NUMBER_END = String.raw`(?![\p{L}\p{M}\p{N}]|[.,:/]\d)`;

export function sticky(source: string): RegExp {
  return new RegExp(source, 'yu');
}

/** For patterns with words, which headings write in capitals. */
export function stickyAnyCase(source: string): RegExp {
  return new RegExp(source, 'iyu');
}

/** In a heading all letters are capitals, so capitals are no evidence: 'DÀI 2M' is two metres. */
export function inHeading(context: RuleContext, at: number): boolean {
  const start = Math.max(0, at - 24);
  const around = `${context.text.slice(start, at).split(LINE).at(-1) ?? ''}${context.text.slice(at, at + 24).split(LINE)[0] ?? ''}`;
  return !/\p{Ll}/u.test(around) && /\p{Lu}{2}/u.test(around);
}
