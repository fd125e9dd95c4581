import { type EntityManager, In } from 'typeorm';
import { Channel } from './channel.entity.js';

/**
 * Locks channels before their slots or rules change, so that each transaction sees the result of the previous one.
 * SQLite has a single writer anyway. Always in the order of ids: two plans of many channels cannot deadlock.
 */
export async function lockChannels(tx: EntityManager, ids: readonly string[]): Promise<void> {
  if (tx.dataSource.options.type !== 'postgres' || ids.length === 0) return;
  await tx
    .createQueryBuilder(Channel, 'channel')
    .select('channel.id')
    .where({ id: In([...new Set(ids)]) })
    .orderBy('channel.id')
    .setLock('for_no_key_update')
    .getMany();
}

/** The same lock for a table that belongs to no channel: policies, holidays. */
export async function lockInOrder(tx: EntityManager, table: string): Promise<void> {
  if (tx.dataSource.options.type !== 'postgres') return;
  await tx.query('SELECT pg_advisory_xact_lock(7274, hashtext($1))', [table]);
}
