import { LINE } from './clean.js';
import type { LexiconIndex } from './lexicon-index.js';
import type { ReadingSettings, WarningKind } from './reading.js';

/** What a rule sees: the even text and how this station speaks. */
export interface RuleContext {
  readonly text: string;
  readonly lower: string;
  readonly settings: ReadingSettings;
  readonly lexicon: LexiconIndex;
}

/** What a rule found at a position. */
export interface Found {
  /** Where the stretch ends (exclusive), after where it began. */
  end: number;
  spoken: string;
  /** Set when a person should listen. */
  warn?: WarningKind;
}

/**
 * One way of reading. `pattern` is sticky and is tried at one position; `say` may still decline with undefined.
 * A rule never reads what stands before its position; it may look at it.
 */
export interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  say(match: RegExpExecArray, scene: RuleContext): string | Found | undefined;
}

const LOOK = 40;

/** What stands before `at` on the same line, in small letters; ends where `at` begins. */
export function behind(scene: RuleContext, at: number): string {
  const text = scene.lower.slice(Math.max(0, at - LOOK), at);
  return text.slice(text.lastIndexOf(LINE) + 1);
}

/** What stands from `at` on, on the same line, in small letters. */
export function ahead(scene: RuleContext, at: number): string {
  const text = scene.lower.slice(at, at + LOOK);
  const line = text.indexOf(LINE);
  return line < 0 ? text : text.slice(0, line);
}

export function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}

export function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

/** Neither a letter nor a digit follows: the end of a word. */
export const END = String.raw`(?![\p{L}\p{M}\p{N}])`;
/** A number ends here: not in the middle of 1.234 or 12/5. */
export const NUMBER_END = String.raw`(?![\p{L}\p{M}\p{N}]|[.,:/]\d)`;

export function sticky(source: string): RegExp {
  return new RegExp(source, 'yu');
}

/** For patterns with words in them, which a heading writes in capitals. */
export function stickyAnyCase(source: string): RegExp {
  return new RegExp(source, 'iyu');
}

/** In a heading all letters are capitals, so a capital says nothing: 'DÀI 2M' is two metres. */
export function inHeading(scene: RuleContext, at: number): boolean {
  const start = Math.max(0, at - 24);
  const around = `${scene.text.slice(start, at).split(LINE).at(-1) ?? ''}${scene.text.slice(at, at + 24).split(LINE)[0] ?? ''}`;
  return !/\p{Ll}/u.test(around) && /\p{Lu}{2}/u.test(around);
}
