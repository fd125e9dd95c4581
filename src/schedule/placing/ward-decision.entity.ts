import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { MetSlot } from '../slots/clash.js';
import type { HandPlacement } from './hand-placement.js';
import type { WardDecisionState, WardOutcome } from './ward-decision.transitions.js';

/** Two priority items meet on a ward's channel; the ward decides until `deadline`, and then `standing` holds. */
@Entity('ward_decision')
export class WardDecision {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @TextColumn()
  state!: WardDecisionState;

  /** What was asked for, and by whom: placed when it is decided. `newcomer`: whose item it is. */
  @JsonColumn()
  placement!: { request: HandPlacement; accountId: string | null; newcomer: WardOutcome };

  @TextColumn()
  title!: string;

  @JsonColumn()
  meets!: MetSlot[];

  @InstantColumn({ name: 'starts_at' })
  startsAt!: number;

  @InstantColumn()
  deadline!: number;

  /** What holds without an answer. */
  @TextColumn()
  standing!: WardOutcome;

  @TextColumn({ nullable: true })
  outcome!: WardOutcome | null;

  /** Why, in the ward's words; or what kept the decision from being carried out. */
  @TextColumn({ nullable: true })
  reason!: string | null;

  /** The newcomer's slot, when it found a place. */
  @Column({ type: 'varchar', length: 36, name: 'slot_id', nullable: true })
  slotId!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @TextColumn({ name: 'asked_by', nullable: true })
  askedBy!: string | null;

  @InstantColumn({ name: 'decided_at', nullable: true })
  decidedAt!: number | null;

  @TextColumn({ name: 'decided_by', nullable: true })
  decidedBy!: string | null;
}
