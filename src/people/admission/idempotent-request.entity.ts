import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** A request with an `Idempotency-Key` that has changed something; written in the transaction of its first change. */
@Entity('idempotent_request')
export class IdempotentRequest {
  /** SHA-256 of account, method, path and key; for a form also of its content. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** SHA-256 of the body: the same key with another one is refused. */
  @TextColumn()
  fingerprint!: string;

  /**
   * The answer, sealed, since answers may contain secrets that are shown once. Null until it is sent, and when it is
   * too long to store.
   */
  @TextColumn({ nullable: true })
  answer!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;
}
