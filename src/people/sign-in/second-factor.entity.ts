import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** The secret from which an account's phone computes codes, sealed with the server's key. */
@Entity('second_factor')
export class SecondFactor {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  @TextColumn({ nullable: true })
  secret!: string | null;

  /** Shown as a QR code and not confirmed yet. */
  @TextColumn({ name: 'pending_secret', nullable: true })
  pendingSecret!: string | null;

  /** The session that began the unconfirmed enrolment, the only one that may complete it; null when no session did. */
  @Column({ type: 'varchar', length: 36, name: 'pending_session', nullable: true })
  pendingSession!: string | null;

  /** The step of 30 seconds of the last accepted code: no code of it or of an earlier one is accepted again. */
  @InstantColumn({ name: 'last_step' })
  lastStep!: number;

  @InstantColumn({ name: 'enrolled_at', nullable: true })
  enrolledAt!: number | null;
}

/** One of ten, for a lost phone; only its hash is stored, and it is valid once. */
@Entity('recovery_code')
export class RecoveryCode {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  @TextColumn({ name: 'code_hash' })
  codeHash!: string;

  @InstantColumn({ name: 'used_at', nullable: true })
  usedAt!: number | null;
}
