import { classAt, DIGIT, endOfLetters, LAYOUT, LETTER } from './text/char-class.js';
import { firstWord } from './lexicon/lexicon-index.js';
import { LINE } from './text/clean.js';
import { addPiece, type Piece } from './pieces.js';
import type { FixedPiece } from './place-decisions.js';
import type { LexiconTerm } from './text/reading.js';
import { digitRules, letterRules, signStartRules } from './rules/index.js';
import { manyInitialsRule, personInitialRule } from './rules/initials.rule.js';
import { roadPostRule, roadRule, roadSignRule, roomRule } from './rules/code.rule.js';
import { boatRule, fileNumberRule, houseSignRule, serialRule } from './rules/serial.rule.js';
import { cardLettersRule, distantContextRule } from './rules/distant-context.rule.js';
import { areaRule } from './rules/measure.rule.js';
import { moneySignRule } from './rules/money.rule.js';
import { mayHoldAddress, netRules } from './rules/net.rule.js';
import { amongCapitals, readWord } from './rules/word.rule.js';
import type { Rule, RuleContext } from './words/rule-context.js';
import { stretchesOf } from './stretches.js';
import { isSyllable } from './text/syllable.js';
import { withoutRepeat } from './repeated-head.js';

/**
 * Scans from left to right in one pass: at each position the first matching rule reads the text; only layout is
 * skipped. A stretch fixed by a person acts like a line break, which no rule reads across.
 */
export function scan(whole: RuleContext, fixed: readonly FixedPiece[] = []): Piece[] {
  const fixedAt = new Map(fixed.map((piece) => [piece.start, piece]));
  const pieces: Piece[] = [];
  let [from, upTo] = [0, 0];
  for (const { start, end } of stretchesOf(whole.text, fixed)) {
    while ((fixed[upTo]?.start ?? end) < end) upTo++;
    const inside = fixed.slice(from, upTo);
    from = upTo;
    const text = withoutFixed(whole.text, start, end, inside);
    const lower = withoutFixed(whole.lower, start, end, inside);
    scanStretch({ ...whole, text, lower }, start, fixedAt, pieces);
  }
  return pieces;
}

function scanStretch(
  context: RuleContext,
  base: number,
  fixedAt: ReadonlyMap<number, FixedPiece>,
  pieces: Piece[],
): void {
  const { text } = context;
  const found: Piece[] = [];
  const addresses = mayHoldAddress.test(text);
  let at = 0;
  while (at < text.length) {
    const decided = fixedAt.get(base + at);
    if (decided) {
      const { spoken, id } = decided;
      const end = decided.end - base;
      found.push({ start: at, end, spoken, rule: 'decision', decision: id });
      at = end;
      continue;
    }
    const kind = classAt(text, at);
    const piece = kind === LAYOUT ? readLayout(context, at) : readToken(context, at, kind, addresses);
    if (piece) {
      addPiece(found, piece, text);
      at = piece.end;
    } else at++;
  }
  for (const piece of found) pieces.push({ ...piece, start: base + piece.start, end: base + piece.end });
}

function withoutFixed(text: string, start: number, end: number, fixed: readonly FixedPiece[]): string {
  if (fixed.length === 0) return text.slice(start, end);
  const parts: string[] = [];
  let from = start;
  for (const hole of fixed) {
    parts.push(text.slice(from, hole.start), LINE.repeat(hole.end - hole.start));
    from = hole.end;
  }
  return parts.join('') + text.slice(from, end);
}

/** Reads a mark that is usually layout but may begin a phone number, a minus or a lexicon entry. */
function readLayout(context: RuleContext, at: number): Piece | undefined {
  const char = context.text.charAt(at);
  if (char === ' ' || char === LINE) return undefined;
  const entry = context.lexicon.find(context.text, context.lower, at, char, () => true);
  if (entry) return { start: at, end: at + entry.written.length, spoken: entry.spoken, rule: 'lexicon' };
  return firstOf(signStartRules, context, at);
}

function readToken(context: RuleContext, at: number, kind: number, addresses: boolean): Piece {
  const { text, lower } = context;
  const word = firstWord(lower, at);
  const entry = context.lexicon.find(text, lower, at, word, (found) => !headingWord(found, at, context));
  // A colon in a form (ĐT:) only identifies it; its pause stays.
  const known = entry && {
    start: at,
    end: at + entry.written.replace(/:$/, '').length,
    spoken: withoutRepeat(entry, context, at),
    rule: 'lexicon',
  };
  const distant = kind === LETTER && mayLead.test(text.charAt(at)) ? firstOf(distantRules, context, at) : undefined;
  // Entries by people take precedence over the distant-context rules.
  if (distant && !(known && (known.end > distant.end || (entry?.kept && known.end === distant.end)))) return distant;
  const whole = wholeAt(context, at, kind, addresses);
  if (whole && !(known && known.end >= whole.end)) return whole;
  if (known) return known;
  if (kind === DIGIT) return firstOf(digitRules, context, at) ?? leftOver(text, at);
  if (kind === LETTER) return readLetters(context, at, word);
  return firstOf(signStartRules, context, at) ?? (text.charAt(at) === '/' ? silent(at) : leftOver(text, at));
}

/** Reads units that begin with a word a lexicon may know: an address, QL1A, Km 12+300, USD 500. */
function wholeAt(context: RuleContext, at: number, kind: number, addresses: boolean): Piece | undefined {
  if (kind !== LETTER && kind !== DIGIT) return undefined;
  const address = addresses ? firstOf(netRules, context, at) : undefined;
  if (address || kind === DIGIT || !mayLead.test(context.text.charAt(at))) return address;
  return firstOf(ledNumbers, context, at);
}

const ledNumbers = [
  fileNumberRule,
  roadSignRule,
  roadRule,
  roadPostRule,
  roomRule,
  boatRule,
  houseSignRule,
  serialRule,
  moneySignRule,
  areaRule,
  manyInitialsRule,
];
/** Distant context takes precedence over the lexicon, which sees only adjacent words. */
const distantRules = [personInitialRule, distantContextRule, cardLettersRule];
const mayLead = /[A-ZĐk]/;

/** Tells 'BAN' the abbreviation from 'BAN' the word in a heading by the words around it. */
function headingWord(entry: LexiconTerm, at: number, context: RuleContext): boolean {
  if (entry.matchCase === 'any' || !/^\p{Lu}+$/u.test(entry.written)) return false;
  return isSyllable(entry.written.toLowerCase()) && amongCapitals(entry.written, at, context);
}

function readLetters(context: RuleContext, at: number, lowerWord: string): Piece {
  const { text } = context;
  const end = endOfLetters(text, at);
  const written = text.slice(at, end);
  if (!/\p{L}/u.test(written)) return { ...leftOver(text, at), end };
  const glued = end < text.length && classAt(text, end) === DIGIT;
  if (written !== lowerWord || glued || lowerWord.length < 2 || !isSyllable(lowerWord)) {
    const ruled = firstOf(letterRules, context, at);
    if (ruled) return ruled;
  }
  return { start: at, end, ...readWord(written, lowerWord, at, context) };
}

function firstOf(rules: readonly Rule[], context: RuleContext, at: number): Piece | undefined {
  for (const rule of rules) {
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(context.text);
    if (!match) continue;
    const found = rule.say(match, context);
    if (found === undefined) continue;
    if (typeof found === 'string') return { start: at, end: at + match[0].length, spoken: found, rule: rule.name };
    return {
      start: at,
      end: found.end,
      spoken: found.spoken,
      rule: rule.name,
      ...(found.warn ? { warn: found.warn } : {}),
    };
  }
  return undefined;
}

/** A slash between words separates them (xã/phường): a pause, not a word. */
function silent(at: number): Piece {
  return { start: at, end: at + 1, spoken: '', rule: 'pause' };
}

function leftOver(text: string, at: number): Piece {
  const code = text.codePointAt(at) ?? 0;
  return { start: at, end: at + (code > 0xffff ? 2 : 1), spoken: '', rule: 'left-over', warn: 'left-over' };
}
