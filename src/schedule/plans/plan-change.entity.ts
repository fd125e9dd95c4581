import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { Difference } from '../slots/slot-difference.js';

/** Why the schedule changed although no person changed a slot. */
export const changeCauses = [
  'clip-changed',
  'channel-rules',
  'campaign-extended',
  'campaign-closed',
  'approval-voided',
  'broadcast-stopped',
  'broadcast-resumed',
  'frames',
  'by-hand',
] as const;
export type ChangeCause = (typeof changeCauses)[number];

/** One re-planning with its difference, unseen until a person opens it. */
@Entity('plan_change')
export class PlanChange {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @InstantColumn()
  at!: number;

  @TextColumn()
  cause!: ChangeCause;

  /** In Vietnamese, for a person. */
  @TextColumn()
  sentence!: string;

  @Column({ type: 'varchar', length: 36, name: 'campaign_id', nullable: true })
  campaignId!: string | null;

  @IntegerColumn()
  added!: number;

  @IntegerColumn()
  removed!: number;

  @IntegerColumn()
  moved!: number;

  @IntegerColumn()
  shortfalls!: number;

  @JsonColumn()
  difference!: Difference;

  @InstantColumn({ name: 'seen_at', nullable: true })
  seenAt!: number | null;

  @TextColumn({ name: 'seen_by', nullable: true })
  seenBy!: string | null;
}
