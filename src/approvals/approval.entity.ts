import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database/columns.js';
import { type Decision } from './decision.js';

@Entity('approval')
export class Approval {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'script_version_id' })
  scriptVersionId!: string;

  @TextColumn({ name: 'content_hash' })
  contentHash!: string;

  @TextColumn()
  decision!: Decision;

  @TextColumn({ nullable: true })
  comment!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'decided_by' })
  decidedBy!: string;

  @InstantColumn({ name: 'decided_at' })
  decidedAt!: number;

  @InstantColumn({ name: 'voided_at', nullable: true })
  voidedAt!: number | null;

  @TextColumn({ name: 'void_reason', nullable: true })
  voidReason!: string | null;
}
