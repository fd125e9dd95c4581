import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { DemandRequest } from './plan-request.js';

/** What a plan asked for, remembered, so that it can be asked again when something under it has changed. */
@Entity('campaign_demand')
export class CampaignDemand {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'campaign_id' })
  campaignId!: string;

  /** The obligation, or the clip where none is named, and the channels: the same wish again takes the place of the older one. */
  @TextColumn()
  key!: string;

  @JsonColumn()
  request!: DemandRequest;

  @TextColumn({ name: 'from_date' })
  from!: string;

  @TextColumn({ name: 'until_date' })
  until!: string;

  @BooleanColumn({ name: 'fill_to_max' })
  fillToMax!: boolean;

  @InstantColumn({ name: 'asked_at' })
  askedAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'asked_by', nullable: true })
  askedBy!: string | null;
}
