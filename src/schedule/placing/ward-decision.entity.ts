import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { MetSlot } from '../slots/clash.js';
import type { HandPlacement } from './hand-placement.js';
import type { WardDecisionState, WardOutcome } from './ward-decision.transitions.js';

/**
 * Two priority items meet on a ward's channel. The ward decides until `deadline`; after that `standing` is the outcome.
 */
@Entity('ward_decision')
export class WardDecision {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @TextColumn()
  state!: WardDecisionState;

  /** The requested placement and its author; carried out when it is decided. `newcomer`: the side of the new item. */
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

  /** The default outcome without an answer. */
  @TextColumn()
  standing!: WardOutcome;

  @TextColumn({ nullable: true })
  outcome!: WardOutcome | null;

  /** The reason in the ward's words, or what prevented the decision from being carried out. */
  @TextColumn({ nullable: true })
  reason!: string | null;

  /** The slot of the new item, when it found a place. */
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
