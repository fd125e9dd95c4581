import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, TextColumn } from '../database/schema/columns.js';
import { type AsRunOutcome, type EvidenceGrade } from './evidence.js';

@Entity('as_run')
export class AsRun {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'station_id', nullable: true })
  stationId!: string | null;

  @IntegerColumn({ nullable: true })
  sequence!: number | null;

  @Column({ type: 'varchar', length: 36, name: 'slot_id', nullable: true })
  slotId!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @TextColumn({ name: 'clip_sha256', nullable: true })
  clipSha256!: string | null;

  @InstantColumn({ name: 'started_at' })
  startedAt!: number;

  @InstantColumn({ name: 'ended_at' })
  endedAt!: number;

  @TextColumn()
  outcome!: AsRunOutcome;

  @TextColumn({ nullable: true })
  detail!: string | null;

  @TextColumn()
  grade!: EvidenceGrade;

  @InstantColumn({ name: 'received_at' })
  receivedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'recorded_by', nullable: true })
  recordedBy!: string | null;
}
