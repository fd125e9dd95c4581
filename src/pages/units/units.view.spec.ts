import type { Unit } from '../../people/units/unit.entity.js';
import { emptyUnitForm, unitFormOf, unitFormView, unitRows } from './units.view.js';

const unit = (code: string, change: Partial<Unit> = {}) =>
  ({
    id: code,
    code,
    kind: 'ward',
    name: code,
    shortName: code,
    parentId: null,
    aliases: [],
    search: '',
    active: true,
    ...change,
  }) as Unit;
const units = [
  unit('city', { kind: 'city', name: 'Thành phố Hà Tĩnh', shortName: 'TP. Hà Tĩnh' }),
  unit('z', { name: 'Phường Văn Yên', parentId: 'city' }),
  unit('d', { name: 'Phường Đại Nài', parentId: 'city', aliases: ['UBND phường Đại Nài'] }),
  unit('old', { name: 'Phường cũ', active: false }),
];

describe('units on the screen', () => {
  it('stand in the order of the Vietnamese alphabet, those that are gone last', () => {
    expect(unitRows(units, '').map(({ code }) => code)).toEqual(['d', 'z', 'city', 'old']);
    expect(unitRows(units, '')[0]).toMatchObject({ kind: 'phường', parent: 'TP. Hà Tĩnh' });
  });

  it('are found without tone marks, also by the ways in which letters write them', () => {
    expect(unitRows(units, 'dai nai').map(({ code }) => code)).toEqual(['d']);
    expect(unitRows(units, 'ubnd').map(({ code }) => code)).toEqual(['d']);
  });

  it('a unit does not stand below itself nor below one that is gone', () => {
    const form = unitFormView(unitFormOf(units[1]!, units), units, 'z');
    expect(form.parents.map(({ code }) => code)).toEqual(['d', 'city']);
    expect(form.parents.filter(({ chosen }) => chosen)).toEqual([
      { code: 'city', name: 'Thành phố Hà Tĩnh', chosen: true },
    ]);
    expect(unitFormView(emptyUnitForm, units, null).kinds.filter(({ chosen }) => chosen)).toHaveLength(1);
  });
});
