import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, TextColumn } from '../database/schema/columns.js';

/** The pause switch of one fanpage. No row: it was never paused. */
@Entity('post_pause')
export class PostPause {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @BooleanColumn()
  paused!: boolean;

  @TextColumn({ nullable: true })
  reason!: string | null;

  @InstantColumn({ name: 'changed_at' })
  changedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'changed_by', nullable: true })
  changedBy!: string | null;
}
