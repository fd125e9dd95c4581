import { type UnitKind, unitKinds } from '../../people/units/unit-kind.js';
import type { Unit } from '../../people/units/unit.entity.js';
import { translate } from '../language/language.js';
import { finder } from '../../shared/fold.js';

export const unitKindNames: Record<UnitKind, string> = {
  city: 'thành phố',
  committee: 'ủy ban nhân dân',
  centre: 'trung tâm',
  office: 'phòng, ban',
  organisation: 'đoàn thể',
  ward: 'phường',
  commune: 'xã',
};

const byName = new Intl.Collator('vi');

/** Active units first, each with the name of its parent unit. */
export function unitRows(units: readonly Unit[], search: string) {
  const names = new Map(units.map(({ id, shortName }) => [id, shortName]));
  const fits = finder(search);
  return units
    .filter(({ name, shortName, aliases, code }) => fits(name, shortName, code, ...aliases))
    .sort((a, b) => Number(b.active) - Number(a.active) || byName.compare(a.name, b.name))
    .map(({ code, name, kind, parentId, aliases, active }) => ({
      code,
      name,
      kind: translate(unitKindNames[kind]),
      parent: parentId ? (names.get(parentId) ?? '') : '',
      aliases: aliases.join('; '),
      active,
    }));
}

export interface UnitForm {
  name: string;
  shortName: string;
  kind: string;
  parentCode: string;
  aliases: string;
  active: boolean;
}

export function unitFormOf(unit: Unit, units: readonly Unit[]): UnitForm {
  const parentCode = units.find((one) => one.id === unit.parentId)?.code ?? '';
  const { name, shortName, kind, aliases, active } = unit;
  return { name, shortName, kind, parentCode, aliases: aliases.join('\n'), active };
}

export const emptyUnitForm: UnitForm = {
  name: '',
  shortName: '',
  kind: 'ward',
  parentCode: '',
  aliases: '',
  active: true,
};

export function unitFormView(form: UnitForm, units: readonly Unit[], own: string | null) {
  return {
    ...form,
    kinds: unitKinds.map((kind) => ({ kind, name: translate(unitKindNames[kind]), chosen: kind === form.kind })),
    parents: units
      .filter((unit) => unit.code !== own && (unit.active || unit.code === form.parentCode))
      .sort((a, b) => byName.compare(a.name, b.name))
      .map(({ code, name }) => ({ code, name, chosen: code === form.parentCode })),
  };
}
