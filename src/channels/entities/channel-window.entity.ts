import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, IntegerColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { HolidayRule } from '../hours/window-days.js';

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

  /** A calendar rule for its days (see day-rule.ts); null means every week on `weekdays`. */
  @TextColumn({ nullable: true })
  rrule!: string | null;

  @TextColumn({ name: 'season_from', nullable: true })
  seasonFrom!: string | null;

  @TextColumn({ name: 'season_until', nullable: true })
  seasonUntil!: string | null;

  @TextColumn()
  holidays!: HolidayRule;

  @BooleanColumn()
  active!: boolean;
}
