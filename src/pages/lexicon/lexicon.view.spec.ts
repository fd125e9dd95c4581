import { VIETNAM } from '../../shared/local-time.js';
import type { Unit } from '../../people/units/unit.entity.js';
import type { ShownEntry } from '../../speech/lexicon/lexicon-list.service.js';
import {
  emptyLexiconForm,
  lexiconFormOf,
  lexiconPages,
  lexiconRows,
  speechScopes,
  parseLexiconForm,
} from './lexicon.view.js';

const unit = (id: string, name: string, active = true) => ({ id, name, active }) as Unit;
const entry: ShownEntry = {
  id: 'e',
  level: 'unit',
  unitId: 'w',
  unitName: 'Phường Bắc Hà',
  written: 'HTX',
  spoken: 'hợp tác xã',
  matchCase: 'any',
  before: ['ông', 'bà'],
  after: [],
  addedBy: 'Lan',
  addedAt: Date.UTC(2026, 10, 24, 20),
  changedAt: 7,
  removedAt: null,
  mayChange: true,
};

describe('the lexicon on the screen', () => {
  it('says whose an entry is, who added it and on which day there', () => {
    expect(lexiconRows([entry], VIETNAM)[0]).toMatchObject({
      unit: 'Phường Bắc Hà',
      centre: false,
      who: 'Lan',
      when: '25/11/2026',
      before: 'ông, bà',
      mayChange: true,
    });
    const house = { ...entry, id: null, level: 'built-in' as const, addedAt: null, mayChange: false };
    expect(lexiconRows([house], VIETNAM)[0]).toMatchObject({ id: '', builtIn: true, when: '', mayChange: false });
  });

  it('a form says what the entry said', () => {
    const { owner, ...form } = lexiconFormOf(entry);
    expect(owner).toBe('w');
    expect(parseLexiconForm(form)).toMatchObject({
      written: 'HTX',
      matchCase: 'any',
      before: ['ông', ' bà'],
      after: [],
    });
    expect(parseLexiconForm(emptyLexiconForm)).toMatchObject({ matchCase: 'exact', before: [] });
  });

  it('offers the owners that one may keep: the centre first, units by the alphabet, those that are gone not', () => {
    const units = [unit('z', 'Phường Văn Yên'), unit('d', 'Phường Đại Nài'), unit('old', 'Phường Cũ', false)];
    expect(speechScopes(units, 'z', () => true, true).map(({ value }) => value)).toEqual([
      'centre',
      'built-in',
      'd',
      'z',
    ]);
    expect(speechScopes(units, '', (id) => id === 'd').map(({ value }) => value)).toEqual(['d']);
  });

  it('pages keep what was asked', () => {
    expect(lexiconPages({ tim: 'a b', cua: '' }, 100, 100, 250)).toEqual({
      earlier: '/tu-dien?tim=a+b',
      later: '/tu-dien?tim=a+b&tu=200',
    });
    expect(lexiconPages({}, 0, 100, 100)).toEqual({ earlier: '', later: '' });
  });
});
