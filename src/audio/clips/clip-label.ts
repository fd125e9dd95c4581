import { type EntityManager, IsNull } from 'typeorm';
import { Unit } from '../../people/units/unit.entity.js';
import type { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import type { ClipLabel } from '../master/mp3-head.js';

/**
 * The label of a version's clips: its title, and the unit it was written for. A script for all units is spoken by the
 * centre, or by the first unit without one above it.
 */
export async function clipLabel(em: EntityManager, versionId: string, { unitId }: Script): Promise<ClipLabel> {
  const { title } = await em.findOneByOrFail(ScriptVersion, { id: versionId });
  return { title, office: (await speakerOf(em, unitId))?.name ?? '' };
}

async function speakerOf(em: EntityManager, unitId: string | null): Promise<Unit | null> {
  if (unitId !== null) return em.findOneBy(Unit, { id: unitId });
  const order = { code: 'ASC' } as const;
  const centre = await em.findOne(Unit, { where: { kind: 'centre', active: true }, order });
  return centre ?? em.findOne(Unit, { where: { parentId: IsNull(), active: true }, order });
}
