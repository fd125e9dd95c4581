import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../database/schema/columns.js';
import { type ApprovalDecision, type HeardState } from './decision.js';
import { type Scope } from './scope.js';

@Entity('approval')
export class Approval {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'script_version_id' })
  scriptVersionId!: string;

  /**
   * Hash of the text, its reading and the audio files: the approval is in force while the present content has this
   * hash.
   */
  @TextColumn({ name: 'content_hash' })
  contentHash!: string;

  /** Hash of everything on the approver's screen, voices and scope too; null in approvals of the first version. */
  @TextColumn({ name: 'seen_hash', nullable: true })
  seenHash!: string | null;

  /** Null in approvals of the first version: they hold for whatever the campaign holds for. */
  @JsonColumn({ nullable: true })
  scope!: Scope | null;

  @TextColumn()
  decision!: ApprovalDecision;

  @TextColumn({ nullable: true })
  comment!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'decided_by' })
  decidedBy!: string;

  @InstantColumn({ name: 'decided_at' })
  decidedAt!: number;

  @InstantColumn({ name: 'voided_at', nullable: true })
  voidedAt!: number | null;

  @TextColumn({ name: 'void_reason', nullable: true })
  voidReason!: string | null;

  /** The person who withdrew it; null when a change of the content voided it. */
  @Column({ type: 'varchar', length: 36, name: 'voided_by', nullable: true })
  voidedBy!: string | null;

  /** Whether the approver had heard the sound to its end; null without sound, and in older approvals. */
  @TextColumn({ nullable: true })
  heard!: HeardState | null;

  @InstantColumn({ name: 'heard_at', nullable: true })
  heardAt!: number | null;

  /** Set while the broadcasting is stopped: the approval holds, and nothing goes out on it. */
  @InstantColumn({ name: 'stopped_at', nullable: true })
  stoppedAt!: number | null;

  @Column({ type: 'varchar', length: 36, name: 'stopped_by', nullable: true })
  stoppedBy!: string | null;

  @TextColumn({ name: 'stop_reason', nullable: true })
  stopReason!: string | null;
}
