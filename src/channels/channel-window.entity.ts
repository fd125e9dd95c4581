import { Column, Entity, PrimaryColumn } from 'typeorm';
import { FlagColumn, IntegerColumn, JsonColumn, TextColumn } from '../database/columns.js';

@Entity('channel_window')
export class ChannelWindow {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @TextColumn()
  name!: string;

  @JsonColumn()
  weekdays!: number[];

  @TextColumn()
  start!: string;

  @IntegerColumn()
  minutes!: number;

  @TextColumn({ name: 'from_date', nullable: true })
  from!: string | null;

  @TextColumn({ name: 'until_date', nullable: true })
  until!: string | null;

  @FlagColumn()
  active!: boolean;
}
