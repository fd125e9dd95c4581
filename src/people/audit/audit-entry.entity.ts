import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';

@Entity('audit')
export class AuditEntry {
  /** Consecutive numbers from `Audit`. */
  @PrimaryColumn({ type: 'integer' })
  seq!: number;

  @InstantColumn()
  at!: number;

  @Column({ type: 'varchar', length: 36, name: 'actor_id', nullable: true })
  actorId!: string | null;

  @TextColumn()
  actor!: string;

  @TextColumn()
  action!: string;

  @TextColumn()
  entity!: string;

  @TextColumn({ name: 'entity_id' })
  entityId!: string;

  @Column({ type: 'varchar', length: 36, name: 'unit_id', nullable: true })
  unitId!: string | null;

  @JsonColumn({ nullable: true })
  before!: unknown | null;

  @JsonColumn({ nullable: true })
  after!: unknown | null;

  @TextColumn({ nullable: true })
  address!: string | null;

  /** The hash of the previous row. */
  @TextColumn({ name: 'prev_hash' })
  prevHash!: string;

  @TextColumn()
  hash!: string;

  /** See `AuditSeal`; null in rows from before seals existed. */
  @TextColumn({ nullable: true })
  seal!: string | null;
}
