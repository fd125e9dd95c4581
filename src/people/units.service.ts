import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { fold } from '../shared/fold.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import type { Actor } from './actor.js';
import { Audit } from './audit.js';
import { Unit } from './unit.entity.js';
import { unitKinds } from './unit-kind.js';

export const unitSeed = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  kind: z.enum(unitKinds),
  name: z.string().min(1),
  shortName: z.string().min(1),
  parent: z.string().nullish(),
  aliases: z.array(z.string()).default([]),
});
export type UnitSeed = z.infer<typeof unitSeed>;

@Injectable()
export class Units {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  all(): Promise<Unit[]> {
    return this.database.read().find(Unit, { order: { code: 'ASC' } });
  }

  byId(id: string): Promise<Unit | null> {
    return this.database.read().findOneBy(Unit, { id });
  }

  /** Adds the units that are missing by code, parents first. Units that exist were perhaps edited since and are left alone. */
  async seed(tx: EntityManager, actor: Actor, seeds: readonly UnitSeed[]): Promise<number> {
    let added = 0;
    for (const seed of seeds) {
      if (await tx.existsBy(Unit, { code: seed.code })) continue;
      const parent = seed.parent ? await tx.findOneBy(Unit, { code: seed.parent }) : null;
      if (seed.parent && !parent) {
        throw new DomainError('invalid', 'unknown-parent', {
          vi: `Đơn vị "${seed.code}" thuộc "${seed.parent}", nhưng không có đơn vị đó ở phía trên trong tệp.`,
          en: `Unit "${seed.code}" belongs to "${seed.parent}", which is not above it in the file.`,
        });
      }
      const id = newId(this.clock.now());
      const { code, kind, name, shortName, aliases } = seed;
      const search = fold([name, shortName, ...aliases].join(' '));
      await tx.insert(Unit, {
        id,
        code,
        kind,
        name,
        shortName,
        parentId: parent?.id ?? null,
        aliases,
        search,
        active: true,
      });
      await this.audit.record(tx, actor, {
        action: 'unit.added',
        entity: 'unit',
        entityId: id,
        unitId: id,
        after: seed,
      });
      added++;
    }
    return added;
  }
}
