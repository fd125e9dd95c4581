import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { ReadingSettings } from '../reading/text/reading.js';

/** The speech settings of one unit, where they differ from those of the units above it. */
@Entity('speech_setting')
export class SpeechSetting {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The unit's id, or 'centre': a unique index does not cover a null unit. */
  @TextColumn()
  owner!: string;

  @Column({ type: 'varchar', length: 36, name: 'unit_id', nullable: true })
  unitId!: string | null;

  @JsonColumn()
  reading!: Partial<ReadingSettings>;

  /** Words a minute; null inherits from the unit above. */
  @IntegerColumn({ nullable: true })
  rate!: number | null;

  /**
   * Voice names in the order in which they are tried, e.g. 'espeak/vi-vn-x-central', 'fpt/banmai'; null inherits from
   * the unit above.
   */
  @JsonColumn({ nullable: true })
  voices!: string[] | null;

  @InstantColumn({ name: 'changed_at' })
  changedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'changed_by', nullable: true })
  changedBy!: string | null;
}
