import { Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { IntegerColumn } from '../database/schema/columns.js';

/** One row, counted up by every change of a lexicon or a setting: what was prepared under another number is stale. */
@Entity('speech_revision')
export class SpeechRevision {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @IntegerColumn()
  n!: number;
}

const READING = { id: 'reading' };

/** In the transaction that changes; other processes see the number when they see the change. */
export async function countRevision(tx: EntityManager): Promise<void> {
  await tx.increment(SpeechRevision, READING, 'n', 1);
}

/** Nobody changes a lexicon or a setting until this transaction ends. SQLite lets one writer in at a time anyway. */
export async function holdRevision(tx: EntityManager): Promise<void> {
  if (tx.dataSource.options.type !== 'postgres') return;
  await tx.findOneOrFail(SpeechRevision, { where: READING, lock: { mode: 'pessimistic_read' } });
}

export async function revisionOf(em: EntityManager): Promise<number> {
  return (await em.findOneByOrFail(SpeechRevision, READING)).n;
}
