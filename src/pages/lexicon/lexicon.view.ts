import { showDate, localDateOf, type TimeZone } from '../../shared/local-time.js';
import type { Unit } from '../../people/units/unit.entity.js';
import type { ShownEntry } from '../../speech/lexicon/lexicon-list.service.js';
import type { EntryWords } from '../../speech/lexicon/lexicons.service.js';
import { translate } from '../language/language.js';

const byName = new Intl.Collator('vi');

/** The fields of the form; lists are comma-separated. */
export interface LexiconForm {
  written: string;
  spoken: string;
  owner: string;
  before: string;
  after: string;
  anyCase: boolean;
}

export const emptyLexiconForm: LexiconForm = {
  written: '',
  spoken: '',
  owner: '',
  before: '',
  after: '',
  anyCase: false,
};

/** The form filled from `entry`. */
export function lexiconFormOf({ written, spoken, unitId, before, after, matchCase }: ShownEntry): LexiconForm {
  const lists = { before: before.join(', '), after: after.join(', ') };
  return { written, spoken, owner: unitId ?? 'centre', ...lists, anyCase: matchCase === 'any' };
}

export function parseLexiconForm({ written, spoken, before, after, anyCase }: Omit<LexiconForm, 'owner'>): EntryWords {
  const list = (text: string) => text.split(',').filter((word) => word.trim() !== '');
  return { written, spoken, matchCase: anyCase ? 'any' : 'exact', before: list(before), after: list(after) };
}

export interface SpeechScopeChoice {
  value: string;
  name: string;
  /** The name is user content, Vietnamese on every page. */
  written: boolean;
  chosen: boolean;
}

/** The centre and the units for which `may` returns true, alphabetically; `chosen` is a unit's id or 'centre'. */
export function speechScopes(
  units: readonly Unit[],
  chosen: string,
  may: (unitId: string | null) => boolean,
  withBuiltIn = false,
): SpeechScopeChoice[] {
  const own = units
    .filter(({ id, active }) => may(id) && (active || id === chosen))
    .sort((a, b) => byName.compare(a.name, b.name))
    .map(({ id, name }) => ({ value: id, name, written: true, chosen: id === chosen }));
  const shared = (value: string, name: string) => ({ value, name, written: false, chosen: value === chosen });
  return [
    ...(may(null) ? [shared('centre', translate('Trung tâm (cả thành phố)'))] : []),
    ...(withBuiltIn ? [shared('built-in', translate('Có sẵn trong Loa'))] : []),
    ...own,
  ];
}

export function lexiconRows(entries: readonly ShownEntry[], zone: TimeZone) {
  const joined = (words: readonly string[]) => words.join(', ');
  return entries.map((entry) => {
    const at = entry.removedAt ?? entry.addedAt;
    return {
      id: entry.id ?? '',
      written: entry.written,
      spoken: entry.spoken,
      anyCase: entry.matchCase === 'any',
      before: joined(entry.before),
      after: joined(entry.after),
      centre: entry.level === 'centre',
      builtIn: entry.level === 'built-in',
      unit: entry.unitName ?? '',
      who: entry.addedBy,
      when: at === null ? '' : showDate(localDateOf(at, zone)),
      mayChange: entry.mayChange && entry.id !== null,
      removed: entry.removedAt !== null,
    };
  });
}

/** URLs of the previous and the next page; '' where there is none. */
export function lexiconPages(query: Record<string, string>, from: number, perPage: number, total: number) {
  const address = (offset: number) => {
    const asked = { ...query, tu: offset > 0 ? String(offset) : '' };
    return `/tu-dien?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== '')).toString()}`;
  };
  return {
    earlier: from > 0 ? address(Math.max(0, from - perPage)) : '',
    later: from + perPage < total ? address(from + perPage) : '',
  };
}
