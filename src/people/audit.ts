import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../shared/clock.js';
import type { Actor } from './actor.js';
import { AuditEntry } from './audit-entry.entity.js';

export interface AuditFact {
  /** 'directive.registered', 'slot.cancelled': the entity and what was done to it. */
  action: string;
  entity: string;
  entityId: string;
  unitId?: string | null;
  before?: unknown;
  after?: unknown;
}

/** Writes who did what, in the transaction that does it. Never holds a secret. */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  async record(tx: EntityManager, actor: Actor, fact: AuditFact): Promise<void> {
    await tx.insert(AuditEntry, {
      at: this.clock.now(),
      actorId: actor.accountId,
      actor: actor.name,
      action: fact.action,
      entity: fact.entity,
      entityId: fact.entityId,
      unitId: fact.unitId ?? null,
      before: (fact.before ?? null) as object,
      after: (fact.after ?? null) as object,
      address: actor.address ?? null,
    });
  }
}
