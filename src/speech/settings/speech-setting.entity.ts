import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { ReadingSettings } from '../reading/reading.js';

/** How one unit speaks, where it differs from the units above it. */
@Entity('speech_setting')
export class SpeechSetting {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The unit's id, or 'centre'; unique, which a null unit would not be. */
  @TextColumn()
  owner!: string;

  @Column({ type: 'varchar', length: 36, name: 'unit_id', nullable: true })
  unitId!: string | null;

  @JsonColumn()
  reading!: Partial<ReadingSettings>;

  /** Words a minute; null as the unit above. */
  @IntegerColumn({ nullable: true })
  rate!: number | null;

  /** 'espeak/vi-vn-x-central', 'fpt/banmai' …, in the order in which they are asked; null as the unit above. */
  @JsonColumn({ nullable: true })
  voices!: string[] | null;

  @InstantColumn({ name: 'changed_at' })
  changedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'changed_by', nullable: true })
  changedBy!: string | null;
}
