import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** The cookie holds the id; the row holds only its hash, so a stolen backup contains no usable session. */
@Entity('session')
export class Session {
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'id_hash' })
  idHash!: string;

  /** Identifies the session in lists; grants no access. */
  @Column({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  @TextColumn({ name: 'csrf_secret' })
  csrfSecret!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'last_seen_at' })
  lastSeenAt!: number;

  @InstantColumn({ name: 'expires_at' })
  expiresAt!: number;

  @TextColumn({ nullable: true })
  address!: string | null;

  @TextColumn({ name: 'user_agent', nullable: true })
  userAgent!: string | null;

  /** When a code of the phone was last given. */
  @InstantColumn({ name: 'code_at', nullable: true })
  codeAt!: number | null;
}
