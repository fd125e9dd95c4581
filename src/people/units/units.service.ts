import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { fold, slug } from '../../shared/fold.js';
import { newId } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { Events } from '../../database/events.js';
import type { Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { UnitChanged } from './people.events.js';
import { Unit } from './unit.entity.js';
import { type UnitKind, unitKinds } from './unit-kind.js';

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
    private readonly events: Events,
  ) {}

  all(): Promise<Unit[]> {
    return this.database.read().find(Unit, { order: { code: 'ASC' } });
  }

  byId(id: string): Promise<Unit | null> {
    return this.database.read().findOneBy(Unit, { id });
  }

  /** The name under which this installation works: its media centre, else the unit at the top; null without units. */
  async office(): Promise<string | null> {
    const units = this.database.read().getRepository(Unit);
    const centre = await units.findOne({ where: { kind: 'centre', active: true }, order: { code: 'ASC' } });
    const office =
      centre ?? (await units.findOne({ where: { parentId: IsNull(), active: true }, order: { code: 'ASC' } }));
    return office?.name ?? null;
  }

  /** Full and short names of all units: they are refused as parts of a password. */
  async names(): Promise<string[]> {
    const units = await this.database.read().find(Unit, { select: { name: true, shortName: true } });
    return units.flatMap(({ name, shortName }) => [name, shortName]);
  }

  /**
   * Adds the units that are missing by code, parents first. Existing units may have been edited since and are left
   * unchanged.
   */
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

  /**
   * Adds a unit that is not in the seed files. Its code is derived from its name. Throws `unit-exists` (409),
   * `bad-unit` (422), 404 for its parent.
   */
  async create(actor: Actor, draft: UnitDraft): Promise<string> {
    const fields = tidyUnit(draft);
    const code = slug(draft.name).slice(0, 100);
    if (!code) throw badUnit('name', 'Tên đơn vị phải có chữ.', 'A name has letters.');
    return this.database.write(async (tx) => {
      if (await tx.existsBy(Unit, { code })) throw unitExists(draft.name);
      await this.requireParent(tx, null, fields.parentId);
      const id = newId(this.clock.now());
      await tx.insert(Unit, { id, code, ...fields, active: true });
      const after = { code, ...fields };
      await this.audit.record(tx, actor, { action: 'unit.added', entity: 'unit', entityId: id, unitId: id, after });
      return code;
    });
  }

  /**
   * Changes names, kind, place in the tree and whether the unit is active: units change by law, and the content of an
   * inactive unit keeps its name. The code stays. Throws 404; `bad-unit` (422) also for a unit below itself.
   */
  async change(actor: Actor, code: string, draft: UnitDraft & { active: boolean }): Promise<void> {
    const fields = tidyUnit(draft);
    await this.database.write(async (tx) => {
      const unit = await tx.findOneBy(Unit, { code });
      if (!unit) throw notFound();
      await this.requireParent(tx, unit.id, fields.parentId);
      const { id, search: _search, ...before } = unit;
      const after = { ...before, ...fields, active: draft.active };
      await tx.update(Unit, { id }, { ...fields, active: draft.active });
      await this.audit.record(tx, actor, {
        action: 'unit.changed',
        entity: 'unit',
        entityId: id,
        unitId: id,
        before,
        after,
      });
      const isMoved = before.kind !== fields.kind || before.parentId !== fields.parentId;
      await this.events.publish(tx, new UnitChanged(id, isMoved, actor));
    });
  }

  private async requireParent(tx: EntityManager, id: string | null, parentId: string | null): Promise<void> {
    const parents = new Map((await tx.find(Unit)).map((one) => [one.id, one.parentId]));
    if (parentId !== null && !parents.has(parentId)) throw notFound();
    for (let above = parentId, steps = 0; above !== null && steps <= parents.size; steps++) {
      if (above === id) {
        throw badUnit('parentCode', 'Một đơn vị không thể trực thuộc chính nó.', 'A unit cannot stand below itself.');
      }
      above = parents.get(above) ?? null;
    }
  }
}

/** The editable fields of a unit. */
export interface UnitDraft {
  kind: UnitKind;
  name: string;
  shortName: string;
  parentId: string | null;
  /** Spellings of the unit in letters. */
  aliases: readonly string[];
}

function tidyUnit({ kind, name, shortName, parentId, aliases }: UnitDraft) {
  const even = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const names = { name: even(name), shortName: even(shortName) || even(name) };
  if (names.name.length < 2 || names.name.length > 200) {
    throw badUnit('name', 'Tên đơn vị dài từ 2 đến 200 ký tự.', 'A name has 2 to 200 characters.');
  }
  const all = [...new Set(aliases.map(even).filter(Boolean))];
  if (all.length > 30 || all.some((alias) => alias.length > 200)) {
    throw badUnit('aliases', 'Nhiều nhất 30 cách viết, mỗi cách 200 ký tự.', 'At most 30 aliases of 200 characters.');
  }
  return { kind, ...names, parentId, aliases: all, search: fold([names.name, names.shortName, ...all].join(' ')) };
}

function badUnit(field: string, vi: string, en: string): DomainError {
  return new DomainError('invalid', 'bad-unit', { vi, en }, { field });
}

function unitExists(name: string): DomainError {
  const sentence = { vi: `Đã có đơn vị "${name}".`, en: `There is a unit "${name}" already.` };
  return new DomainError('conflict', 'unit-exists', sentence, { field: 'name' });
}
