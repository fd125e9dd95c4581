import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** One person's secret address of one channel's calendar. Revoking deletes the row; the audit log keeps the fact. */
@Entity('calendar_address')
export class CalendarAddress {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  /** SHA-256 of the key. The key itself is shown only once. */
  @TextColumn({ name: 'token_hash' })
  tokenHash!: string;

  /** The last four characters of the key, to tell two addresses apart. */
  @TextColumn({ name: 'token_hint' })
  tokenHint!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;
}
