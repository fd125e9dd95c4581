import { classAt, DIGIT, endOfLetters, LETTER } from '../text/char-class.js';
import { BUILT_IN, type Lexicon, type LexiconTerm } from '../text/reading.js';
import { isSyllable } from '../text/syllable.js';
import { inHousePlace, withOtherTonePlace } from '../text/tone-place.js';

/** `kept`: entered by people, for the centre or a ward; false for a built-in entry. */
export interface IndexedEntry extends LexiconTerm {
  kept: boolean;
}

interface Indexed {
  entry: IndexedEntry;
  lower: string;
  /** Rank of the owner; 0 is the most local. */
  owner: number;
}

/** An index of lexicons: by first word, then the longest form, then the most local owner, then entries with context. */
export class LexiconIndex {
  private readonly byFirst = new Map<string, Indexed[]>();

  /** `base`: a fallback index. It is shared, not copied, so a ward costs only its own entries. */
  constructor(
    lexicons: readonly Lexicon[],
    private readonly base?: LexiconIndex,
  ) {
    lexicons.forEach((lexicon, owner) => {
      for (const entry of lexicon.entries) this.add({ ...entry, kept: lexicon.name !== BUILT_IN }, owner);
    });
    for (const [first, list] of this.byFirst) {
      const below = base?.listOf(first) ?? [];
      list.push(...below.map((one) => ({ ...one, owner: one.owner + lexicons.length })));
      list.sort(byPrecedence);
    }
  }

  /** The spoken form of one word by itself; entries that need a context do not count. */
  alone(written: string, lower: string): string | undefined {
    return this.find(written, lower, 0, lower, (entry) => entry.written.length === written.length)?.spoken;
  }

  /** Like `alone`, but without built-in entries. */
  kept(written: string): string | undefined {
    const lower = written.toLowerCase();
    const whole = (entry: IndexedEntry): boolean => entry.kept && entry.written.length === written.length;
    return this.find(written, lower, 0, firstWord(lower), whole)?.spoken;
  }

  private listOf(first: string): Indexed[] | undefined {
    return this.byFirst.get(first) ?? this.base?.listOf(first);
  }

  private add(entry: IndexedEntry, owner: number): void {
    for (const written of withOtherTonePlace(entry.written.normalize('NFC'))) {
      // The searched text is in lower case and normalised the same way.
      const lower = inHousePlace(written.toLowerCase());
      if (lower.length !== written.length || written === '') continue;
      const first = firstWord(lower);
      const list = this.byFirst.get(first) ?? [];
      list.push({ entry: { ...entry, written }, lower, owner });
      this.byFirst.set(first, list);
    }
  }

  /** The entry that matches the text at `at`, whose first word is `first` (lower case); undefined when none does. */
  find(
    text: string,
    lower: string,
    at: number,
    first: string,
    allowed: (entry: IndexedEntry) => boolean,
  ): IndexedEntry | undefined {
    const list = this.listOf(first);
    if (!list) return undefined;
    for (const { entry, lower: written } of list) {
      const matches = entry.matchCase === 'exact' ? text.startsWith(entry.written, at) : lower.startsWith(written, at);
      if (matches && standsAlone(text, at, at + written.length) && inContext(entry, text, lower, at) && allowed(entry))
        return entry;
    }
    return undefined;
  }
}

function byPrecedence(a: Indexed, b: Indexed): number {
  return b.lower.length - a.lower.length || a.owner - b.owner || contextOf(b.entry) - contextOf(a.entry);
}

/** Context words are stronger evidence than 'any number' or 'any abbreviation'. */
function contextOf(entry: LexiconTerm): number {
  return weightOf(entry.before) + weightOf(entry.after);
}

function weightOf(list: readonly string[]): number {
  if (list.length === 0) return 0;
  return list.every((word) => word === '#' || word === 'A' || word === 'AA') ? 0.5 : 1;
}

/** The index key of a form: a run of letters, a run of digits, or one sign. */
export function firstWord(lower: string, at = 0): string {
  const kind = classAt(lower, at);
  if (kind === LETTER) return lower.slice(at, endOfLetters(lower, at));
  if (kind !== DIGIT) return lower.slice(at, at + 1);
  let end = at;
  while (classAt(lower, end) === DIGIT && end < lower.length) end++;
  return lower.slice(at, end);
}

/** The stretch is not part of a longer word or number. */
function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !isWordInside(text, start, end) &&
    !(classAt(text, end - 1) === DIGIT && /^[.,/:-]\d/.test(text.slice(end, end + 2)))
  );
}

/** Whether the word at either end of the stretch continues outside of it. */
export function isWordInside(text: string, start: number, end: number): boolean {
  const inside = (kind: number, index: number): boolean =>
    (kind === LETTER || kind === DIGIT) &&
    index >= 0 &&
    index < text.length &&
    [LETTER, DIGIT].includes(classAt(text, index));
  return inside(classAt(text, start), start - 1) || inside(classAt(text, end - 1), end);
}

function inContext(entry: LexiconTerm, text: string, lower: string, at: number): boolean {
  if (entry.before.length > 0) {
    const before = lower.slice(Math.max(0, at - 30), at).replace(/[\s:"“(]+$/, '');
    // A number counts the word directly beside it, not one in the following brackets: 'P. 102 (ĐT 0693…)'.
    const counted = /\d\s*$/.test(lower.slice(Math.max(0, at - 3), at));
    if (!entry.before.some((word) => (word === '#' ? counted : endsWithWord(before, word)))) return false;
  }
  if (entry.after.length === 0) return true;
  const start = skipSpace(text, at + entry.written.length);
  return entry.after.some((word) => {
    if (word === '#') return classAt(text, start) === DIGIT && start < text.length;
    // A name in brackets belongs to something else: 'ông Q. (SN 1950)'.
    if (word === 'A') return /^\p{Lu}/u.test(text.slice(start, start + 2)) && !text.slice(at, start).includes('(');
    if (word === 'AA') return isAbbreviation(text, start);
    return (
      lower.startsWith(word, start) &&
      (classAt(lower, start + word.length) !== LETTER || start + word.length >= lower.length)
    );
  });
}

/** Capitals that form no word: KT-HT, GDTX; not the BẮC of a heading. */
function isAbbreviation(text: string, at: number): boolean {
  const letters = /^\p{Lu}{2,}(?![\p{L}\p{M}])/u.exec(text.slice(at, at + 16))?.[0];
  return letters !== undefined && !isSyllable(letters.toLowerCase());
}

function endsWithWord(before: string, word: string): boolean {
  return (
    before.endsWith(word) &&
    (before.length === word.length || classAt(before, before.length - word.length - 1) !== LETTER)
  );
}

function skipSpace(text: string, at: number): number {
  let index = at;
  while (/[ \t:."“(]/.test(text.charAt(index))) index++;
  return index;
}
