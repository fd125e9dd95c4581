import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** Actions that would let an administrator act as another account, with their names on the screen. */
export const waitingCauseNames = {
  created: 'tạo tài khoản này',
  'role-granted': 'cho quyền duyệt hoặc quản trị',
  'password-set': 'đặt mật khẩu khác cho tài khoản này',
  'phone-reset': 'bỏ mã xác thực trên điện thoại',
  enabled: 'mở khóa tài khoản',
  'code-issued': 'cấp mã cài đặt điện thoại',
} as const;
export type WaitingCause = keyof typeof waitingCauseNames;

/** 24 hours in which an account approves nothing, because one person alone changed the means of signing in to it. */
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

  /**
   * Set when somebody reports that nobody asked for the change: then only a confirmation ends it, and no longer the
   * time.
   */
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
