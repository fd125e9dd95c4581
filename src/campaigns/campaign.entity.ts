import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, TextColumn } from '../database/schema/columns.js';
import { type BulletinClass } from './bulletin-class.js';
import { type CampaignState } from './campaign.transitions.js';

@Entity('campaign')
export class Campaign {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'directive_id' })
  directiveId!: string;

  @TextColumn()
  name!: string;

  @TextColumn({ name: 'bulletin_class' })
  bulletinClass!: BulletinClass;

  @TextColumn({ name: 'from_date' })
  from!: string;

  @TextColumn({ name: 'until_date' })
  until!: string;

  @TextColumn()
  state!: CampaignState;

  /** Missed and replaced plays are made good automatically. */
  @BooleanColumn({ name: 'auto_make_good', default: false })
  autoMakeGood!: boolean;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;

  /** Null while it is open. */
  @InstantColumn({ name: 'closed_at', nullable: true })
  closedAt!: number | null;

  @Column({ type: 'varchar', length: 36, name: 'closed_by', nullable: true })
  closedBy!: string | null;

  /** The reason given by the person who ended or cancelled it; null without one. */
  @TextColumn({ name: 'close_reason', nullable: true })
  closeReason!: string | null;
}
