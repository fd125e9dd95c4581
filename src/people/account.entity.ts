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

  @FlagColumn()
  active!: boolean;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;
}
