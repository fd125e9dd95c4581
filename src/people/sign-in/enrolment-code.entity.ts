import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** Lets one account enrol a phone, once. Only its hash is stored; an account has at most one. */
@Entity('enrolment_code')
export class EnrolmentCode {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  @TextColumn({ name: 'code_hash' })
  codeHash!: string;

  @InstantColumn({ name: 'expires_at' })
  expiresAt!: number;
}
