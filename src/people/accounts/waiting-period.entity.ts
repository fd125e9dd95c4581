import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** What an administrator did that would let him act as somebody else, as a screen says that he did it. */
export const waitingCauseNames = {
  created: 'tạo tài khoản này',
  'role-granted': 'cho quyền duyệt hoặc quản trị',
  'password-set': 'đặt mật khẩu khác cho tài khoản này',
  'phone-reset': 'bỏ mã xác thực trên điện thoại',
  enabled: 'mở khóa tài khoản',
  'code-issued': 'cấp mã cài đặt điện thoại',
} as const;
export type WaitingCause = keyof typeof waitingCauseNames;

/** A day in which an account approves nothing, because one person alone changed who can sign in as it. */
@Entity('waiting_period')
export class WaitingPeriod {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  @TextColumn()
  cause!: WaitingCause;

  @Column({ type: 'varchar', length: 36, name: 'caused_by' })
  causedBy!: string;

  @InstantColumn({ name: 'began_at' })
  beganAt!: number;

  @InstantColumn()
  until!: number;

  /** Somebody said that nobody asked for it: it ends by a confirmation only, no more by time. */
  @InstantColumn({ name: 'stopped_at', nullable: true })
  stoppedAt!: number | null;

  @Column({ type: 'varchar', length: 36, name: 'stopped_by', nullable: true })
  stoppedBy!: string | null;

  @InstantColumn({ name: 'confirmed_at', nullable: true })
  confirmedAt!: number | null;

  /** Null for the server's terminal. */
  @Column({ type: 'varchar', length: 36, name: 'confirmed_by', nullable: true })
  confirmedBy!: string | null;
}
