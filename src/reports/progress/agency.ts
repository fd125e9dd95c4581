import type { Unit } from '../../people/units/unit.entity.js';
import { fold } from '../../shared/fold.js';

/** Who signs a report. */
export interface Agency {
  /** The office above it; empty when there is none. */
  parent: string;
  name: string;
  /** The abbreviation in the number: 'PVHTT'. */
  mark: string;
  /** Where it is dated: 'Hà Tĩnh'. */
  place: string;
}

/**
 * The unit of the person who asks, when his role names one; else the office of culture, which letters make responsible for
 * the report; else the centre; else the issuer of the letter.
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

/** 'Phòng VH-TT' → 'PVHTT', 'Ủy ban nhân dân' → 'UBND' (first letters where a name is written out). */
export function markOf(name: string): string {
  const words = name.split(/[\s\-–.]+/).filter(Boolean);
  const letters = words.map((word) => (word === word.toLocaleUpperCase('vi') ? word : (word[0] ?? '')));
  return fold(letters.join('')).toUpperCase().slice(0, 12) || 'VP';
}
