import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../database/schema/columns.js';
import { type ApprovalDecision } from './decision.js';
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
}
