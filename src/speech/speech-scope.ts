import type { EntityManager } from 'typeorm';
import { Unit } from '../people/units/unit.entity.js';

/** Deeper than any tree of units is. */
const MAX_DEPTH = 10;

/** Who has a say in how a unit speaks, the most local first: the unit, the units above it, the centre (null). */
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
