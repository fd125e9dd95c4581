import { channelKindNames, channelKinds } from '../../shared/channel-kind.js';
import { type BulletinClass, bulletinClasses, bulletinClassNames } from '../../campaigns/bulletin-class.js';
import type { Unit } from '../../people/units/unit.entity.js';
import { isWard } from '../../people/units/unit-kind.js';
import { translate } from '../language/language.js';

/** The fields of the form of an announcement. */
export interface AnnouncementForm {
  title: string;
  text: string;
  /** Code of the unit that makes it known. */
  unit: string;
  channelKinds: string[];
  /** Codes of the wards that hear it; none for all. */
  units: string[];
  playsPerDay: string;
  from: string;
  until: string;
  bulletinClass: BulletinClass;
}

const byName = new Intl.Collator('vi');
const issuing = ['committee', 'ward', 'commune', 'centre'];

export function announcementFormView(form: AnnouncementForm, units: readonly Unit[]) {
  const active = units.filter((unit) => unit.active).sort((a, b) => byName.compare(a.name, b.name));
  const issuers = active
    .filter(({ kind }) => issuing.includes(kind))
    .sort((a, b) => issuing.indexOf(a.kind) - issuing.indexOf(b.kind));
  const choice = ({ code, name }: Unit, chosen: boolean) => ({ code, name, chosen });
  return {
    ...form,
    issuers: issuers.map((unit) => choice(unit, unit.code === form.unit)),
    wards: active.filter(({ kind }) => isWard(kind)).map((unit) => choice(unit, form.units.includes(unit.code))),
    kinds: channelKinds.map((kind) => ({
      kind,
      name: translate(channelKindNames[kind]),
      chosen: form.channelKinds.includes(kind),
    })),
    classes: bulletinClasses
      .filter((value) => value !== 'emergency')
      .map((value) => ({ value, name: translate(bulletinClassNames[value]), chosen: value === form.bulletinClass })),
  };
}
