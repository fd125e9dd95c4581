import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { type AuditFacts, auditHash, chainHead, setChainHead } from '../../database/schema/audit-hash.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../access/actor.js';
import { AuditSeal } from './audit-seal.js';
import { AuditEntry } from './audit-entry.entity.js';

export interface AuditFact {
  /** 'directive.registered', 'slot.cancelled': the entity and the action. */
  action: string;
  entity: string;
  entityId: string;
  unitId?: string | null;
  before?: unknown;
  after?: unknown;
}

type Waiting = Omit<AuditEntry, 'seq' | 'prevHash' | 'hash' | 'seal'>;
/** Rows per statement. */
const BATCH = 50;

/**
 * Records who did what, in the transaction that does it. Never contains a secret.
 *
 * The rows form a chain (database/schema/audit-hash.ts), each sealed with a key on the server's disk (`AuditSeal`), so
 * transactions must append to it one after the other. The rows are buffered until just before the commit: a writer that
 * locks the end of the chain then waits for no other lock, which excludes deadlocks.
 */
@Injectable()
export class Audit {
  private readonly waiting = new WeakMap<EntityManager, Waiting[]>();

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly seals: AuditSeal,
  ) {}

  async record(tx: EntityManager, actor: Actor, fact: AuditFact): Promise<void> {
    let rows = this.waiting.get(tx);
    if (!rows) {
      rows = [];
      this.waiting.set(tx, rows);
      this.database.beforeCommit(tx, () => this.append(tx));
    }
    rows.push({
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

  private async append(tx: EntityManager): Promise<void> {
    await this.seals.open();
    let { seq, hash, rows } = await chainHead(tx, this.database.isPostgres ? 'for-update' : undefined);
    const entries = (this.waiting.get(tx) ?? []).map((row): AuditEntry => {
      const prevHash = hash;
      seq++;
      rows++;
      hash = auditHash(prevHash, {
        ...row,
        seq,
        before: json(row.before),
        after: json(row.after),
      } satisfies AuditFacts);
      return { ...row, seq, prevHash, hash, seal: this.seals.over(hash) };
    });
    for (let from = 0; from < entries.length; from += BATCH) {
      await tx.insert(AuditEntry, entries.slice(from, from + BATCH) as object[]);
    }
    await setChainHead(tx, { seq, hash, rows });
  }
}

/** In the form of a JSON column. */
function json(value: unknown): string | null {
  return value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
}
