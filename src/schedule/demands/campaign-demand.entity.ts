import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { DemandRequest } from './plan-request.js';

/** A stored demand of a plan, so that re-planning can use it when something changes. */
@Entity('campaign_demand')
export class CampaignDemand {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'campaign_id' })
  campaignId!: string;

  /**
   * The obligation, the script (without an obligation, the clip) and the channels: the same demand again replaces the
   * older one.
   */
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

  /** When it was first asked: days and sessions before owe nothing. */
  @InstantColumn()
  since!: number;

  @Column({ type: 'varchar', length: 36, name: 'asked_by', nullable: true })
  askedBy!: string | null;
}
