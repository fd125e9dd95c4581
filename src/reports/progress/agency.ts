import type { Unit } from '../../people/units/unit.entity.js';
import { fold } from '../../shared/fold.js';

/** The office that signs a report. */
export interface Agency {
  /** The office above it; empty when there is none. */
  parent: string;
  name: string;
  /** The abbreviation in the number: 'PVHTT'. */
  mark: string;
  /** The place in the date line: 'Hà Tĩnh'. */
  place: string;
}

/**
 * The unit of the requesting person when his role has one; otherwise the office of culture, which letters make
 * responsible for the report; otherwise the centre; otherwise the issuer of the letter.
 */
export function agencyOf(
  units: readonly Unit[],
  ownUnitIds: readonly string[],
  directive: { issuer: string; place: string | null },
): Agency {
  const active = units.filter((unit) => unit.active);
  const unit =
    active.find((one) => ownUnitIds.includes(one.id)) ??
    active.find((one) => one.kind === 'office' && fold(one.name).includes('van hoa')) ??
    active.find((one) => one.kind === 'centre');
  const place = directive.place ?? '';
  if (!unit) return { parent: '', name: directive.issuer, mark: markOf(directive.issuer), place };
  const parent = units.find((one) => one.id === unit.parentId);
  return { parent: parent?.name ?? '', name: unit.name, mark: markOf(unit.shortName), place };
}

/** 'Phòng VH-TT' → 'PVHTT', 'Ủy ban nhân dân' → 'UBND' (first letters of words that are written out). */
export function markOf(name: string): string {
  const words = name.split(/[\s\-–.]+/).filter(Boolean);
  const letters = words.map((word) => (word === word.toLocaleUpperCase('vi') ? word : (word[0] ?? '')));
  return fold(letters.join('')).toUpperCase().slice(0, 12) || 'VP';
}
