import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database/schema/columns.js';
import { type HearingSource } from './decision.js';

/** One person listened to one clip to its end; the first time counts. */
@Entity('clip_hearing')
export class ClipHearing {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'clip_id' })
  clipId!: string;

  /** The file that was heard. */
  @TextColumn()
  sha256!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  @TextColumn()
  source!: HearingSource;

  @InstantColumn({ name: 'heard_at' })
  heardAt!: number;
}
