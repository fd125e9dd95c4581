import { classAt, DIGIT, endOfLetters, LAYOUT, LETTER } from './char-class.js';
import { firstWord } from './lexicon-index.js';
import { LINE } from './clean.js';
import type { LexiconEntry, WarningKind } from './reading.js';
import { digitRules, letterRules, signStartRules } from './rules/index.js';
import { roadPostRule, roadRule } from './rules/code.rule.js';
import { moneySignRule } from './rules/money.rule.js';
import { mayHoldAddress, netRules } from './rules/net.rule.js';
import { amongCapitals, readWord } from './rules/word.rule.js';
import type { Rule, Scene } from './scene.js';
import { isSyllable } from './syllable.js';

/** A stretch of the even text, read. */
export interface Piece {
  start: number;
  end: number;
  spoken: string;
  rule: string;
  warn?: WarningKind;
}

/** One pass from left to right: at each position the first rule that reads it takes it; nothing is passed over but layout. */
export function scan(scene: Scene): Piece[] {
  const { text } = scene;
  const pieces: Piece[] = [];
  const addresses = mayHoldAddress.test(text);
  let at = 0;
  while (at < text.length) {
    const kind = classAt(text, at);
    const piece = kind === LAYOUT ? readLayout(scene, at) : readToken(scene, at, kind, addresses);
    if (piece) {
      push(pieces, piece, text);
      at = piece.end;
    } else at++;
  }
  return pieces;
}

/** A mark that is mostly layout may begin a phone number, a minus or an entry of the lexicon. */
function readLayout(scene: Scene, at: number): Piece | undefined {
  const char = scene.text.charAt(at);
  if (char === ' ' || char === LINE) return undefined;
  return firstOf(signStartRules, scene, at);
}

function readToken(scene: Scene, at: number, kind: number, addresses: boolean): Piece {
  const { text, lower } = scene;
  if (kind === LETTER || kind === DIGIT) {
    const address = addresses ? firstOf(netRules, scene, at) : undefined;
    if (address) return address;
  }
  if (kind === LETTER && mayLead.test(text.charAt(at))) {
    const led = firstOf(beforeLexicon, scene, at);
    if (led) return led;
  }
  const first = firstWord(lower, at);
  const known = scene.lexicon.find(
    text,
    lower,
    at,
    first,
    (entry) => !(clashes(entry) && amongCapitals(entry.written, at, scene)),
  );
  // A colon in a form (ĐT:) is only there to know it by; its pause stays.
  if (known)
    return { start: at, end: at + known.written.replace(/:$/, '').length, spoken: known.spoken, rule: 'lexicon' };
  if (kind === DIGIT) return firstOf(digitRules, scene, at) ?? leftOver(text, at);
  if (kind === LETTER) return readLetters(scene, at, first);
  return firstOf(signStartRules, scene, at) ?? (text.charAt(at) === '/' ? silent(at) : leftOver(text, at));
}

/** Capitals that belong to the number after them: QL1A, Km 12+300, USD 500. Asked before the lexicon. */
const beforeLexicon = [roadRule, roadPostRule, moneySignRule];
const mayLead = /[A-ZĐk]/;

/** 'BAN' the abbreviation and 'BAN' the word in a heading are told apart by the company they keep. */
function clashes(entry: LexiconEntry): boolean {
  return entry.matchCase === 'exact' && /^\p{Lu}+$/u.test(entry.written) && isSyllable(entry.written.toLowerCase());
}

function readLetters(scene: Scene, at: number, lowerWord: string): Piece {
  const { text } = scene;
  const end = endOfLetters(text, at);
  const written = text.slice(at, end);
  if (!/\p{L}/u.test(written)) return { ...leftOver(text, at), end };
  const glued = end < text.length && classAt(text, end) === DIGIT;
  if (written !== lowerWord || glued || lowerWord.length < 2 || !isSyllable(lowerWord)) {
    const ruled = firstOf(letterRules, scene, at);
    if (ruled) return ruled;
  }
  return { start: at, end, ...readWord(written, lowerWord, at, scene) };
}

function firstOf(rules: readonly Rule[], scene: Scene, at: number): Piece | undefined {
  for (const rule of rules) {
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(scene.text);
    if (!match) continue;
    const found = rule.say(match, scene);
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

/** A slash between words parts them: xã/phường. It is a pause, not a word. */
function silent(at: number): Piece {
  return { start: at, end: at + 1, spoken: '', rule: 'pause' };
}

function leftOver(text: string, at: number): Piece {
  const code = text.codePointAt(at) ?? 0;
  return { start: at, end: at + (code > 0xffff ? 2 : 1), spoken: '', rule: 'left-over', warn: 'left-over' };
}

/** Two ends of a range that each rule read alone: 30/4 - 03/5, 17h00 ngày 18/9 - 5h00 ngày 19/9. */
const ends: Readonly<Record<string, string>> = {
  date: 'day',
  'date-list': 'day',
  month: 'month',
  time: 'time',
  weekday: 'weekday',
  money: 'money',
  measure: 'measure',
  percent: 'percent',
  'road-post': 'road-post',
};
const through = /^\s?[-÷]\s?$/;

function push(pieces: Piece[], piece: Piece, text: string): void {
  const last = pieces[pieces.length - 1];
  if (last && joinPlain(last, piece, text)) return;
  const gap = last && piece.start - last.end <= 3 ? text.slice(last.end, piece.start) : '';
  if (last && through.test(gap)) {
    if (makesRange(last, piece, text)) {
      pieces.push({ ...piece, start: piece.start - gap.trimStart().length, spoken: `đến ${piece.spoken}` });
      return;
    }
  }
  pieces.push(piece);
}

function makesRange(last: Piece, piece: Piece, text: string): boolean {
  if (last.rule === 'code' && piece.rule === 'code') return seriesOf(last, text) === seriesOf(piece, text);
  const [from, to] = [ends[last.rule], ends[piece.rule]];
  if (from === 'day' && to === 'time') return /^\s*(?:ngày|cùng ngày|hôm)/.test(text.slice(piece.end, piece.end + 12));
  // 19°N - 112°E is one place, not a range of degrees.
  if (from === 'measure' && lastWord(last) !== lastWord(piece)) return false;
  return from !== undefined && from === to;
}

function lastWord(piece: Piece): string {
  return piece.spoken.slice(piece.spoken.lastIndexOf(' ') + 1);
}

/** BN3153 - BN3164: from one to the other of a series. */
function seriesOf(piece: Piece, text: string): string {
  return /^\p{Lu}+(?=\d)/u.exec(text.slice(piece.start, piece.end))?.[0] ?? `${piece.start}`;
}

/** Plain words one space apart become one piece, so that a reading is as long as what is remarkable in it. */
function joinPlain(last: Piece, piece: Piece, text: string): boolean {
  if (!piece.rule.startsWith('plain') || piece.rule !== last.rule) return false;
  if (piece.start !== last.end + 1 || text.charAt(last.end) !== ' ') return false;
  last.end = piece.end;
  last.spoken = `${last.spoken} ${piece.spoken}`;
  return true;
}
