import { Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, TextColumn } from '../../database/schema/columns.js';

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

  /** Somebody else chose the password and knows it: the owner must choose another before doing anything else. */
  @BooleanColumn({ name: 'password_by_another', default: false })
  passwordByAnother!: boolean;

  @BooleanColumn()
  active!: boolean;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;
}
