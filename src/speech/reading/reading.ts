import type { Sentence } from '../../shared/domain-error.js';

/** Why a person should look at a piece of a reading. Only `left-over` bars a script from being submitted. */
export type WarningKind =
  | 'left-over' // a character that nothing read: it would not be heard
  | 'unknown-capitals' // spelled letter by letter because no lexicon knows it
  | 'foreign-word' // not a Vietnamese syllable and in no lexicon: a voice may read it in another language
  | 'impossible-date' // 31/02: read as written, but there is no such day
  | 'impossible-time' // 25h30, 7h60: read as written, but no clock shows it
  | 'ambiguous'; // two readings are likely: 1/2 is a half or the first of February

/** One stretch of the source and what is said for it. Offsets are UTF-16 units of the text that was given. */
export interface ReadingSpan {
  start: number;
  end: number;
  source: string;
  /** Words only; '' when nothing is said for it, and then there is a warning or a person's decision. */
  spoken: string;
  /** Name of the rule that read it; 'plain' for words that are said as they are written. */
  rule: string;
  /** False where a person should listen. */
  sure: boolean;
  /** The id of the decision that fixed it, where a person did. */
  decision?: string;
}

export interface ReadingWarning {
  kind: WarningKind;
  start: number;
  end: number;
  source: string;
  message: Sentence;
}

/**
 * A text as it will be spoken. `spans` are in order, do not overlap and cover every character that is not layout
 * (spaces, punctuation kept as pauses, decoration). `spoken` holds words, the pauses , ; : . ! ? and line breaks.
 */
export interface Reading {
  spoken: string;
  spans: ReadingSpan[];
  warnings: ReadingWarning[];
}

/** Ways of speaking that differ from place to place; a station has its own. */
export interface ReadingSettings {
  /** 101: một trăm linh một | một trăm lẻ một. */
  zeroTens: 'linh' | 'lẻ';
  /** 1000: một nghìn | một ngàn. */
  thousand: 'nghìn' | 'ngàn';
  /** 24: hai mươi tư | hai mươi bốn. */
  fourAfterTens: 'tư' | 'bốn';
  /** The slash of 1871/UBND-VHTT. */
  documentSlash: 'xuyệt' | 'trên' | 'pause';
  /** The slash of a house number, số 12/3 đường Nguyễn Du. */
  houseSlash: 'trên' | 'xuyệt' | 'pause';
}

/** What stations of the North and Centre say; Hà Tĩnh is one of them. */
export const defaultReadingSettings: ReadingSettings = {
  zeroTens: 'linh',
  thousand: 'nghìn',
  fourAfterTens: 'tư',
  documentSlash: 'xuyệt',
  houseSlash: 'trên',
};

/** How this place says one written form. */
export interface LexiconTerm {
  written: string;
  spoken: string;
  /** 'exact': as written, capitals and all; 'any': capitals do not matter. */
  matchCase: 'exact' | 'any';
  /** When not empty, one of these must stand directly before (words, without capitals). */
  before: readonly string[];
  /** When not empty, one of these must stand directly after; '#' is any number, 'A' any capitalised word, 'AA' an abbreviation in capitals. */
  after: readonly string[];
  /** Who added it, as shown to people. */
  addedBy: string;
}

/** The name of the lexicon that comes with the house. */
export const BUILT_IN = 'built-in';

/** Entries of one owner: built in, the centre's, a ward's. */
export interface Lexicon {
  name: string;
  entries: readonly LexiconTerm[];
}
