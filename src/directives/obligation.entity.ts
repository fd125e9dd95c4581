import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IntegerColumn, JsonColumn, TextColumn } from '../database/schema/columns.js';
import { type ChannelKind } from '../shared/channel-kind.js';

@Entity('obligation')
export class Obligation {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'directive_id' })
  directiveId!: string;

  @IntegerColumn()
  assignment!: number;

  @TextColumn({ name: 'channel_kind' })
  channelKind!: ChannelKind;

  @JsonColumn()
  addressees!: string[];

  @IntegerColumn({ name: 'min_plays_per_day', nullable: true })
  minPlaysPerDay!: number | null;

  @IntegerColumn({ name: 'max_plays_per_day', nullable: true })
  maxPlaysPerDay!: number | null;

  @TextColumn({ name: 'from_date', nullable: true })
  from!: string | null;

  @TextColumn({ name: 'until_date', nullable: true })
  until!: string | null;

  @TextColumn({ name: 'report_due', nullable: true })
  reportDue!: string | null;
}
