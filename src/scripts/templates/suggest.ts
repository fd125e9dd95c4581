import { showDate, type LocalDate } from '../../shared/local-time.js';
import { appNameIn, hotlineIn, issuerName, matterOf, placeInLetter, webAddressIn } from './letter-words.js';
import type { Template, VariableValue } from './template.js';
import { isMissing, readValue } from './variable-values.js';

/** Facts of a directive and of the campaign that answers it. Unknown facts are omitted or null. */
export interface LetterFacts {
  /** Accepts a `Directive`, or a `DirectiveDraft` with its body. */
  directive: {
    /** '1871/UBND-VHTT' */
    number?: string | null;
    issuedOn?: LocalDate | null;
    issuer?: string | null;
    /** Trích yếu, with or without 'V/v'. */
    subject?: string | null;
    references?: readonly { number: string; date?: LocalDate | null }[];
    body?: string | null;
  };
  /** Name of the broadcasting unit: 'Phường Bắc Hà', 'Trung tâm Văn hóa - Truyền thông thành phố Hà Tĩnh'. */
  unitName: string;
  /** The place it broadcasts to; taken from `unitName` when that names one. */
  placeName?: string;
  /** The task that the letter gives the unit or its channel: the text of the assignment. */
  assignment?: string | null;
  /** Last day of the campaign, when the letter sets one. */
  until?: LocalDate | null;
  /** Figures and values that a person has recorded, by variable name; they take precedence over the letter. */
  known?: Readonly<Record<string, VariableValue>>;
}

/**
 * Values for the template's variables that the facts contain. Never guesses: a value that is absent, ambiguous or unfit
 * for the variable's type stays missing for a person to enter.
 */
export function suggestVariables(template: Template, facts: LetterFacts): Record<string, VariableValue> {
  const { directive, known = {} } = facts;
  const candidates = new Map<string, VariableValue | null | undefined>([
    ['placeName', facts.placeName ?? placeInLetter(facts.unitName)],
    ['unitName', facts.unitName],
    ['issuer', issuerName(directive.issuer)],
    ['directiveNumber', directive.number?.replace(/\s*\/\s*/g, '/').trim()],
    ['directiveDate', directive.issuedOn],
    ['matter', matterOf(directive.subject)],
    ['references', (directive.references ?? []).map(referenceText)],
    ['assignment', facts.assignment && endedSentence(facts.assignment)],
    ['appName', appNameIn(directive.subject, directive.body)],
    ['websiteUrl', webAddressIn(directive.body)],
    ['hotline', hotlineIn(directive.body)],
    ['untilDate', facts.until],
    ...Object.entries(known),
  ]);
  const values = Object.create(null) as Record<string, VariableValue>;
  for (const [name, variable] of template.variables) {
    const value = candidates.get(name);
    if (value === null || value === undefined || isMissing(value)) continue;
    if ('printed' in readValue(variable, value)) values[name] = value;
  }
  return values;
}

function referenceText({ number, date }: { number: string; date?: LocalDate | null }): string {
  return `Văn bản số ${number}${date ? ` ngày ${showDate(date)}` : ''}`;
}

function endedSentence(text: string): string {
  const bare = text.trim().replace(/[\s;,:/.]+$/, '');
  return bare === '' ? '' : `${bare}.`;
}
