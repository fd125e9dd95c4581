import { Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { IntegerColumn } from '../../database/schema/columns.js';

/**
 * A single row with a counter. Every change of a lexicon or a setting increments it and so invalidates prepared
 * readings.
 */
@Entity('speech_revision')
export class SpeechRevision {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @IntegerColumn()
  n!: number;
}

const READING = { id: 'reading' };

/** Call inside the changing transaction: other processes see the new number together with the change. */
export async function countRevision(tx: EntityManager): Promise<void> {
  await tx.increment(SpeechRevision, READING, 'n', 1);
}

/** Locks lexicons and settings against changes until the transaction ends. SQLite serialises writers anyway. */
export async function holdRevision(tx: EntityManager): Promise<void> {
  if (tx.dataSource.options.type !== 'postgres') return;
  await tx.findOneOrFail(SpeechRevision, { where: READING, lock: { mode: 'pessimistic_read' } });
}

export async function revisionOf(em: EntityManager): Promise<number> {
  return (await em.findOneByOrFail(SpeechRevision, READING)).n;
}
