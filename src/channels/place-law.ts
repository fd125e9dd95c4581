import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../shared/local-time.js';
import type { Unit } from '../people/units/unit.entity.js';
import type { Policy } from './entities/policy.entity.js';

/** What of a unit decides which law it obeys. */
export type UnitPlace = Pick<Unit, 'id' | 'kind' | 'name' | 'parentId'>;

/**
 * The policies that a unit obeys, ordered by `effectiveFrom`: those of its kind, of the nearest unit at or above it that
 * has one in force. A ward with a policy of its own follows it from that day on, and the policy of its city before. Empty
 * where no law was chosen: a unit never obeys the law of a place that it does not belong to.
 */
export function lawOfUnit(
  unit: UnitPlace,
  units: ReadonlyMap<string, UnitPlace>,
  policies: readonly Policy[],
): Policy[] {
  const places = placesOf(unit, units);
  const known = policies
    .filter(({ unitKind, placeId }) => unitKind === unit.kind && places.includes(placeId))
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  if (new Set(known.map(({ placeId }) => placeId)).size <= 1) return known;
  const series: Policy[] = [];
  for (const from of [...new Set(known.map(({ effectiveFrom }) => effectiveFrom))]) {
    const row = nearestOn(known, places, from);
    if (row && row.id !== series.at(-1)?.id) series.push({ ...row, effectiveFrom: from });
  }
  return series;
}

function nearestOn(known: readonly Policy[], places: readonly string[], date: LocalDate): Policy | undefined {
  for (const place of places) {
    const row = known.findLast(({ placeId, effectiveFrom }) => placeId === place && effectiveFrom <= date);
    if (row) return row;
  }
  return undefined;
}

/** The unit and the units above it, nearest first. */
export function placesOf(unit: Pick<UnitPlace, 'id' | 'parentId'>, units: ReadonlyMap<string, UnitPlace>): string[] {
  const places = [unit.id];
  for (let above = unit.parentId; above !== null && !places.includes(above);) {
    places.push(above);
    above = units.get(above)?.parentId ?? null;
  }
  return places;
}

/** The units with these ids and all units above them, by id; all units without ids. One statement. */
export async function unitPlaces(em: EntityManager, ids?: readonly string[]): Promise<Map<string, UnitPlace>> {
  const columns = 'id, kind, name, parent_id';
  const chosen = ids?.map((_, index) => (em.dataSource.options.type === 'postgres' ? `$${index + 1}` : '?')).join(', ');
  const query =
    chosen === undefined
      ? `SELECT ${columns} FROM unit`
      : `WITH RECURSIVE place AS (
           SELECT ${columns} FROM unit WHERE id IN (${chosen || 'NULL'})
           UNION SELECT above.id, above.kind, above.name, above.parent_id FROM unit above
           JOIN place ON above.id = place.parent_id
         ) SELECT ${columns} FROM place`;
  type Row = Omit<UnitPlace, 'parentId'> & { parent_id: string | null };
  const rows = await em.query<Row[]>(query, [...(ids ?? [])]);
  return new Map(rows.map(({ parent_id: parentId, ...unit }) => [unit.id, { ...unit, parentId }]));
}
