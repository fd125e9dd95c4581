import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, IntegerColumn, JsonColumn, TextColumn } from '../database/schema/columns.js';
import type { Gap } from './log-account.js';

@Entity('station')
export class Station {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @TextColumn()
  name!: string;

  @TextColumn({ name: 'token_hash' })
  tokenHash!: string;

  @TextColumn({ name: 'token_hint' })
  tokenHint!: string;

  @BooleanColumn()
  simulated!: boolean;

  @BooleanColumn()
  active!: boolean;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'last_seen_at', nullable: true })
  lastSeenAt!: number | null;

  @IntegerColumn({ name: 'last_sequence' })
  lastSequence!: number;

  /** Numbers below `lastSequence` that have not arrived, ascending; null while they are not counted. */
  @JsonColumn({ name: 'log_gaps', nullable: true })
  logGaps!: readonly Gap[] | null;
}
