import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database/schema/columns.js';

@Entity('fact')
export class Fact {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'campaign_id' })
  campaignId!: string;

  @TextColumn()
  name!: string;

  @TextColumn()
  value!: string;

  @TextColumn({ name: 'as_of' })
  asOf!: string;

  @TextColumn()
  source!: string;

  @InstantColumn({ name: 'recorded_at' })
  recordedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'recorded_by', nullable: true })
  recordedBy!: string | null;
}
