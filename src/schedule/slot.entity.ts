import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database/columns.js';
import { type SlotState } from './planning/slot.transitions.js';

@Entity('slot')
export class Slot {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  key!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @Column({ type: 'varchar', length: 36, name: 'window_id', nullable: true })
  windowId!: string | null;

  @TextColumn()
  date!: string;

  @Column({ type: 'varchar', length: 36, name: 'campaign_id' })
  campaignId!: string;

  @Column({ type: 'varchar', length: 36, name: 'obligation_id', nullable: true })
  obligationId!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'clip_id' })
  clipId!: string;

  @InstantColumn({ name: 'starts_at' })
  startsAt!: number;

  @InstantColumn({ name: 'ends_at' })
  endsAt!: number;

  @TextColumn()
  state!: SlotState;

  @TextColumn({ nullable: true })
  reason!: string | null;

  @TextColumn()
  why!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;
}
