import type { EntityManager } from 'typeorm';
import { Unit } from '../../people/units/unit.entity.js';

/** Deeper than any real tree of units; bounds the walk. */
const MAX_DEPTH = 10;

/**
 * The owners whose lexicons and settings apply to a unit, most local first: the unit, the units above it, the centre
 * (null).
 */
export async function scopesFor(em: EntityManager, unitId: string | null): Promise<(string | null)[]> {
  const owners: (string | null)[] = [];
  for (let id = unitId; id !== null && owners.length < MAX_DEPTH;) {
    const unit = await em.findOneBy(Unit, { id });
    if (!unit || owners.includes(id)) break;
    owners.push(id);
    id = unit.parentId;
  }
  return [...owners, null];
}
