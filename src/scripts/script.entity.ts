import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database/schema/columns.js';
import { type ChannelKind } from '../shared/channel-kind.js';

@Entity('script')
export class Script {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'campaign_id' })
  campaignId!: string;

  @TextColumn({ name: 'template_code', nullable: true })
  templateCode!: string | null;

  @TextColumn({ name: 'channel_kind' })
  channelKind!: ChannelKind;

  @Column({ type: 'varchar', length: 36, name: 'unit_id', nullable: true })
  unitId!: string | null;

  @TextColumn()
  title!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;
}
