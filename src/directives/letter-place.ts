import { fold } from '../shared/fold.js';
import type { Unit } from '../people/units/unit.entity.js';
import type { DirectiveDraft } from './reading/text/letter.js';

/** Offices of the state, whose letters concern every place. */
const NATIONAL =
  /^(?:chinh phu|thu tuong|van phong (?:chinh phu|quoc hoi|trung uong)|quoc hoi|uy ban thuong vu quoc hoi|bo (?!chi huy)|ban bi thu|bo chinh tri|ban chap hanh trung uong|trung uong|toa an nhan dan toi cao|vien kiem sat nhan dan toi cao)/;

/** Words of a unit's name that name its kind, not the place. */
const KIND_WORDS =
  /^(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|thanh pho|tp\.?|tinh|phuong|xa|thi tran|thi xa|huyen|quan|dac khu|trung tam|van phong|phong|ban)\s+/;

type Head = Pick<DirectiveDraft, 'issuer' | 'place' | 'to' | 'recipients'>;
type PlaceNames = Pick<Unit, 'kind' | 'name' | 'active'>;

/**
 * Whether the letter is of this place: a national office or an office with the name of one of the units issued it, it
 * was issued in such a place, or it names one of the units as its addressee. General addressees ("UBND các phường, xã")
 * belong to the issuer's place and prove nothing. Without units, or without an issuer, nothing speaks against it.
 */
export function isOurLetter({ issuer, place, to, recipients }: Head, units: readonly PlaceNames[]): boolean {
  const names = placeNames(units);
  if (names.length === 0 || issuer === null) return true;
  if (NATIONAL.test(fold(issuer))) return true;
  return [issuer, place ?? '', ...to, ...recipients].some((text) => mentions(fold(text), names));
}

function placeNames(units: readonly PlaceNames[]): string[] {
  const places = units.filter(({ kind, active }) => active && ['city', 'ward', 'commune', 'committee'].includes(kind));
  const names = places.map(({ name }) => properName(fold(name)));
  return [...new Set(names)].filter((name) => name.length > 1);
}

function properName(name: string): string {
  let proper = name;
  while (KIND_WORDS.test(proper)) proper = proper.replace(KIND_WORDS, '');
  return proper;
}

function mentions(text: string, names: readonly string[]): boolean {
  const words = ` ${text.replace(/[^a-z0-9]+/g, ' ').trim()} `;
  return names.some((name) => words.includes(` ${name} `));
}
