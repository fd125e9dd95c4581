import type { QueryRunner } from 'typeorm';
import { sha256 } from '../../shared/ids.js';

/** An audit row as stored: `before` and `after` are the JSON text. */
export interface AuditFacts {
  seq: number;
  at: number;
  actorId: string | null;
  actor: string;
  action: string;
  entity: string;
  entityId: string;
  unitId: string | null;
  before: string | null;
  after: string | null;
  address: string | null;
}

/** The previous hash of the first row. */
export const CHAIN_START = '0'.repeat(64);

/**
 * SHA-256 over the previous row's hash and every value of this row, so that changing, removing or inserting a row makes
 * every later hash wrong. Like a migration this function is never changed: old rows must stay verifiable.
 */
export function auditHash(previous: string, row: AuditFacts): string {
  const { seq, at, actorId, actor, action, entity, entityId, unitId, before, after, address } = row;
  const values = [1, previous, seq, at, actorId, actor, action, entity, entityId, unitId, before, after, address];
  return sha256(JSON.stringify(values));
}

export const auditColumns =
  'seq, at, actor_id, actor, action, entity, entity_id, unit_id, "before", "after", address, prev_hash, hash';

export type AuditRow = Record<string, string | number | null>;

/** From a row as the driver returns it: PostgreSQL gives 64-bit numbers as text. */
export function auditFacts(row: AuditRow): AuditFacts {
  const text = (name: string): string | null => {
    const value = row[name];
    return value === null || value === undefined ? null : String(value);
  };
  return {
    seq: Number(row['seq']),
    at: Number(row['at']),
    actorId: text('actor_id'),
    actor: String(row['actor']),
    action: String(row['action']),
    entity: String(row['entity']),
    entityId: String(row['entity_id']),
    unitId: text('unit_id'),
    before: text('before'),
    after: text('after'),
    address: text('address'),
  };
}

/** The end of the chain: the last row and the number of rows. Writers also take turns by locking this row. */
export interface ChainHead {
  seq: number;
  hash: string;
  rows: number;
}

type Asks = Pick<QueryRunner, 'query'>;

/** Reads the end of the chain; `hold` locks it against other writers until the transaction ends. */
export async function chainHead(em: Asks, hold?: 'for-update'): Promise<ChainHead> {
  const asked = `SELECT seq, hash, row_count FROM audit_head WHERE id = 1${hold ? ' FOR UPDATE' : ''}`;
  const [row] = (await em.query(asked)) as { seq: number; hash: string; row_count: number }[];
  if (!row) throw new Error('the audit has lost its head; restore it from a backup');
  return { seq: Number(row.seq), hash: row.hash, rows: Number(row.row_count) };
}

export async function setChainHead(em: Asks, { seq, hash, rows }: ChainHead): Promise<void> {
  // Whole numbers and a hexadecimal hash, all made here: this SQL contains no user input.
  await em.query(`UPDATE audit_head SET seq = ${seq}, hash = '${hash}', row_count = ${rows} WHERE id = 1`);
}
