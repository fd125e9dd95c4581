import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';
import type { MakeGoodState } from './make-good.transitions.js';

/** One missed or replaced slot, and where it may be made good. */
@Entity('make_good')
export class MakeGood {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'slot_id' })
  slotId!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @TextColumn()
  state!: MakeGoodState;

  @Column({ type: 'varchar', length: 36, name: 'window_id', nullable: true })
  windowId!: string | null;

  @TextColumn({ nullable: true })
  date!: string | null;

  @InstantColumn({ name: 'starts_at', nullable: true })
  startsAt!: number | null;

  @InstantColumn({ name: 'ends_at', nullable: true })
  endsAt!: number | null;

  @Column({ type: 'varchar', length: 36, name: 'make_good_slot_id', nullable: true })
  makeGoodSlotId!: string | null;

  /** Why it was dismissed; on an accepted one, that its slot played after all. */
  @TextColumn({ nullable: true })
  reason!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'decided_at', nullable: true })
  decidedAt!: number | null;

  @TextColumn({ name: 'decided_by', nullable: true })
  decidedBy!: string | null;
}
