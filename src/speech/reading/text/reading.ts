import type { Sentence } from '../../../shared/domain-error.js';

/** Why a person should check a piece of a reading. Only `left-over` blocks the submission of a script. */
export type WarningKind =
  | 'left-over' // a character that no rule read: it would not be heard
  | 'unknown-capitals' // spelled letter by letter because no lexicon knows it
  | 'foreign-word' // not a Vietnamese syllable and in no lexicon: a voice may read it in another language
  | 'impossible-date' // 31/02: read as written, but no such day exists
  | 'impossible-time' // 25h30, 7h60: read as written, but no such time exists
  | 'ambiguous'; // two readings are likely: 1/2 is a half or the first of February

/** A stretch of the source with its spoken form. Offsets are UTF-16 units of the given text. */
export interface ReadingSpan {
  start: number;
  end: number;
  source: string;
  /** Words only; '' when nothing is spoken, and then there is a warning or a person's decision. */
  spoken: string;
  /** Name of the rule; 'plain' for words that are spoken as written. */
  rule: string;
  /** False where a person should check the reading. */
  sure: boolean;
  /** The id of the person's decision that fixed it, if any. */
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

/** Wording that differs between regions; each station has its own settings. */
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

/** The usage of stations of the North and Centre, among them Hà Tĩnh. */
export const defaultReadingSettings: ReadingSettings = {
  zeroTens: 'linh',
  thousand: 'nghìn',
  fourAfterTens: 'tư',
  documentSlash: 'xuyệt',
  houseSlash: 'trên',
};

/** How an owner speaks one written form. */
export interface LexiconTerm {
  written: string;
  spoken: string;
  /** 'exact': case-sensitive; 'any': case does not matter. */
  matchCase: 'exact' | 'any';
  /** When not empty, one of these words must be directly before, ignoring case. */
  before: readonly string[];
  /**
   * When not empty, one of these must be directly after; '#' is any number, 'A' any capitalised word, 'AA' an
   * abbreviation in capitals.
   */
  after: readonly string[];
  /** Who added it, for display. */
  addedBy: string;
}

/** The name of the lexicon shipped with the software. */
export const BUILT_IN = 'built-in';

/** The entries of one owner: built-in, the centre, or a ward. */
export interface Lexicon {
  name: string;
  entries: readonly LexiconTerm[];
}
