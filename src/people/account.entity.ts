import { Entity, PrimaryColumn } from 'typeorm';
import { FlagColumn, InstantColumn, TextColumn } from '../database/columns.js';

@Entity('account')
export class Account {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  username!: string;

  @TextColumn({ name: 'display_name' })
  displayName!: string;

  @TextColumn({ name: 'password_hash' })
  passwordHash!: string;

  /** Somebody else chose it and has told it: its owner chooses another before doing anything else. */
  @FlagColumn({ name: 'password_by_another', default: false })
  passwordByAnother!: boolean;

  @FlagColumn()
  active!: boolean;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;
}
