import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn } from '../database/columns.js';

@Entity('sign_in_throttle')
export class SignInThrottle {
  /** 'account:<folded name>' or 'address:<ip>'. */
  @PrimaryColumn({ type: 'varchar', length: 200 })
  key!: string;

  @IntegerColumn()
  failures!: number;

  @InstantColumn({ name: 'last_at' })
  lastAt!: number;

  @InstantColumn({ name: 'blocked_until' })
  blockedUntil!: number;
}
