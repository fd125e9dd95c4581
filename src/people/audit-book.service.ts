import { Injectable } from '@nestjs/common';
import { Brackets } from 'typeorm';
import { fold } from '../shared/fold.js';
import type { Instant } from '../shared/clock.js';
import { auditColumns, auditFacts, type AuditRow, chainHead, type ChainHead } from '../database/audit-hash.js';
import { Database } from '../database/database.js';
import { type BrokenRow, type ChainedRow, ChainWalk } from './audit-chain.js';
import { AuditEntry } from './audit-entry.entity.js';

/** All given must hold. Instants are milliseconds of UTC, `until` is not included. */
export interface AuditFilter {
  from?: Instant;
  until?: Instant;
  actorId?: string;
  /** Exactly, or everything that begins with it when it ends in a dot: 'slot.' finds 'slot.placed'. */
  action?: string;
  entity?: string;
  entityId?: string;
  unitId?: string;
  /** Words in the name of who did it, any case and tone marks. */
  who?: string;
  /** Rows older than this one: the next page. */
  beforeSeq?: number;
}

export interface Verdict {
  /** Rows that are as they were written, before the broken one. */
  head: ChainHead;
  broken: BrokenRow | null;
}

const PAGE = 1000;

/** Questions about the audit: who did what, and whether it still says so. */
@Injectable()
export class AuditBook {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(filter: AuditFilter, limit: number): Promise<AuditEntry[]> {
    const { from, until, actorId, action, entity, entityId, unitId, who, beforeSeq } = filter;
    const asked = this.database.read().createQueryBuilder(AuditEntry, 'a').orderBy('a.seq', 'DESC');
    if (from !== undefined) asked.andWhere('a.at >= :from', { from });
    if (until !== undefined) asked.andWhere('a.at < :until', { until });
    if (actorId !== undefined) asked.andWhere('a.actor_id = :actorId', { actorId });
    if (entity !== undefined) asked.andWhere('a.entity = :entity', { entity });
    if (entityId !== undefined) asked.andWhere('a.entity_id = :entityId', { entityId });
    if (unitId !== undefined) asked.andWhere('a.unit_id = :unitId', { unitId });
    if (action !== undefined) {
      // No pattern: a per cent sign that somebody types is a per cent sign.
      const begins = action.endsWith('.') ? 'substr(a.action, 1, :length) = :action' : 'a.action = :action';
      asked.andWhere(begins, { action, length: action.length });
    }
    if (beforeSeq !== undefined) asked.andWhere('a.seq < :beforeSeq', { beforeSeq });
    if (who === undefined || who.trim() === '') return asked.take(limit).getMany();
    const names = await this.namesWith(who);
    if (names.length === 0) return [];
    asked.andWhere(new Brackets((one) => one.where('a.actor IN (:...names)', { names })));
    return asked.take(limit).getMany();
  }

  /** Page after page, newest first. */
  async *all(filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
    for (let beforeSeq = filter.beforeSeq; ;) {
      const page = await this.list({ ...filter, beforeSeq }, PAGE);
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      beforeSeq = page.at(-1)?.seq;
    }
  }

  /** Checks every row at one moment. Takes about a second for 100,000 rows and stops nobody's work. */
  verify(): Promise<Verdict> {
    return this.database.snapshot(async (tx) => {
      const walk = new ChainWalk();
      // From below every number: a row that was put in before the first is a broken one too.
      for (let after = Number.MIN_SAFE_INTEGER; ;) {
        const page = (await tx.query(
          `SELECT ${auditColumns} FROM audit WHERE seq > ${after} ORDER BY seq LIMIT ${PAGE}`,
        )) as AuditRow[];
        const rows = page.map((row): ChainedRow => {
          return { ...auditFacts(row), prevHash: asText(row['prev_hash']), hash: asText(row['hash']) };
        });
        const broken = walk.take(rows);
        if (broken) return { head: walk.head, broken };
        const last = rows.at(-1);
        if (!last || rows.length < PAGE) return { head: walk.head, broken: walk.end(await chainHead(tx)) };
        after = last.seq;
      }
    });
  }

  private async namesWith(who: string): Promise<string[]> {
    const rows = await this.database
      .read()
      .createQueryBuilder(AuditEntry, 'a')
      .select('a.actor', 'actor')
      .distinct(true)
      .getRawMany<{ actor: string }>();
    const wanted = fold(who);
    return rows.flatMap(({ actor }) => (fold(actor).includes(wanted) ? [actor] : [])).slice(0, 500);
  }
}

function asText(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
