import { Injectable } from '@nestjs/common';
import { Brackets, type EntityManager } from 'typeorm';
import { fold } from '../../shared/fold.js';
import type { Instant } from '../../shared/clock.js';
import {
  auditColumns,
  auditFacts,
  type AuditRow,
  CHAIN_START,
  chainHead,
  type ChainHead,
} from '../../database/schema/audit-hash.js';
import { Database } from '../../database/database.js';
import type { AuditAnchor } from './audit-anchor.js';
import { type BrokenRow, type ChainedRow, AuditChain } from './audit-chain.js';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditSeal } from './audit-seal.js';
import { SealWalk } from './seal-walk.js';

/** A row must match all given fields. Instants are milliseconds of UTC, `until` is exclusive. */
export interface AuditFilter {
  from?: Instant;
  until?: Instant;
  actorId?: string;
  /** An exact action, or a prefix when it ends in a dot: 'slot.' finds 'slot.placed'. */
  action?: string;
  entity?: string;
  entityId?: string;
  unitId?: string;
  /** Words in the name of the actor; case and tone marks are ignored. */
  who?: string;
  /** Rows older than this one: the next page. */
  beforeSeq?: number;
}

export interface ChainVerdict {
  /** The last row before the broken one. */
  head: ChainHead;
  broken: BrokenRow | null;
}

const PAGE = 1000;
const IDS_A_CALL = 500;

/** Queries on the audit, and the check of its integrity. */
@Injectable()
export class AuditLog {
  /** Without seals, only the chain is checked. */
  constructor(
    private readonly database: Database,
    private readonly seals?: AuditSeal,
  ) {}

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
      // Not LIKE: a typed per cent sign must match only itself.
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

  /** All pages, newest first. */
  async *all(filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
    for (let beforeSeq = filter.beforeSeq; ;) {
      const page = await this.list({ ...filter, beforeSeq }, PAGE);
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      beforeSeq = page.at(-1)?.seq;
    }
  }

  /** Checks every row in one snapshot. Takes about a second for 100,000 rows and blocks no writer. */
  verify(): Promise<ChainVerdict> {
    return this.database.snapshot(async (tx) => {
      const walk = new AuditChain();
      const seals = this.seals && new SealWalk(this.seals);
      // Start below every number, so that a row inserted before the first also counts as broken.
      for (let after = Number.MIN_SAFE_INTEGER; ;) {
        const page = (await tx.query(
          `SELECT ${auditColumns}, seal FROM audit WHERE seq > ${after} ORDER BY seq LIMIT ${PAGE}`,
        )) as AuditRow[];
        const rows = page.map((row): ChainedRow => {
          return { ...auditFacts(row), prevHash: asText(row['prev_hash']), hash: asText(row['hash']) };
        });
        const broken = walk.take(rows);
        if (broken) return { head: walk.head, broken };
        seals?.take(page);
        const last = rows.at(-1);
        if (!last || rows.length < PAGE) {
          return { head: walk.head, broken: walk.end(await chainHead(tx)) ?? seals?.end() ?? null };
        }
        after = last.seq;
      }
    });
  }

  /** Whether the audit still has the anchored row. One look-up. */
  async holds(em: EntityManager, { sequence, head }: AuditAnchor): Promise<boolean> {
    if (sequence === 0) return head === CHAIN_START;
    return em.existsBy(AuditEntry, { seq: sequence, hash: head });
  }

  /**
   * The sealed rows of these entities with one of these actions, in their order; rows without a valid seal are ignored.
   * One statement for each 500 entities.
   */
  async sealedRows(
    em: EntityManager,
    entity: string,
    entityIds: readonly string[],
    actions: readonly string[],
  ): Promise<SealedRow[]> {
    const seals = this.seals;
    if (!seals) throw new Error('seals are checked with their key');
    const rows = await rowsAbout(em, entity, entityIds, actions);
    return rows.filter((row) => seals.holds(row)).map(sealedRow);
  }

  /** As `sealedRows`, but with unsealed rows: for facts that revoke something. */
  async anyRows(
    em: EntityManager,
    entity: string,
    entityIds: readonly string[],
    actions: readonly string[],
  ): Promise<SealedRow[]> {
    return (await rowsAbout(em, entity, entityIds, actions)).map(sealedRow);
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

/** The facts of an audit row about its entity. */
export interface SealedRow {
  seq: number;
  at: Instant;
  entityId: string;
  action: string;
  after: Record<string, unknown>;
}

async function rowsAbout(
  em: EntityManager,
  entity: string,
  entityIds: readonly string[],
  actions: readonly string[],
): Promise<AuditRow[]> {
  const rows: AuditRow[] = [];
  for (let from = 0; from < entityIds.length; from += IDS_A_CALL) {
    const ids = entityIds.slice(from, from + IDS_A_CALL);
    const values = [entity, ...ids, ...actions];
    const mark = (n: number) => (em.dataSource.options.type === 'postgres' ? `$${n + 1}` : '?');
    const idMarks = ids.map((_, n) => mark(n + 1)).join();
    const actionMarks = actions.map((_, n) => mark(n + 1 + ids.length)).join();
    const found: AuditRow[] = await em.query(
      `SELECT ${auditColumns}, seal FROM audit
        WHERE entity = ${mark(0)} AND entity_id IN (${idMarks}) AND action IN (${actionMarks}) ORDER BY seq`,
      values,
    );
    rows.push(...found);
  }
  return rows;
}

function sealedRow(row: AuditRow): SealedRow {
  const { seq, at, entityId, action, after } = auditFacts(row);
  const said: unknown = after === null ? {} : JSON.parse(after);
  return { seq, at, entityId, action, after: (said ?? {}) as Record<string, unknown> };
}

function asText(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
